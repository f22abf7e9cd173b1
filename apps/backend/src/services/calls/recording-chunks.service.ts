import { MAX_RECORDING_BYTES, type MissingChunks, type RecordingPart } from '@outdial/contracts';
import type { ChunkFolder } from '../../adapters/chunk-folder';
import type { Clock } from '../../adapters/clock';
import { sha256 } from '../../adapters/sha256';
import type { Db } from '../../db/client';
import { isDuplicate } from '../../db/errors';
import { uuidBytes } from '../../db/public-ids';
import { forOrganization } from '../../db/tenant';
import { AppError, notFound } from '../../errors/app-error';
import { type Actor, requireAgent } from '../../work/actor';
import type { Units } from '../../work/units';
import { missingOf } from './missing-chunks';

/** A chunk as it is sent. */
export interface SentChunk {
  readonly callId: string;
  readonly part: number;
  readonly n: number;
  /** SHA-256 in hex. */
  readonly sha256: string;
  readonly bytes: Buffer;
}

/** What must be known of a call to take a chunk of it. */
interface Receiving {
  readonly id: bigint;
  readonly recordingStatus: string | null;
  readonly sizeBytes: bigint | null;
  readonly hash: Uint8Array | null;
}

/** Takes recordings in chunks, of which each may come again and again. The worker puts them together. */
export class RecordingChunksService {
  constructor(
    private readonly db: Db,
    private readonly units: Units,
    private readonly clock: Clock,
    private readonly folder: ChunkFolder,
  ) {}

  /** @throws AppError `conflict` when another chunk has this number, `chunk-damaged` when it is not what was sent */
  async put(actor: Actor, chunk: SentChunk): Promise<void> {
    const agent = requireAgent(actor);
    const hash = sha256(chunk.bytes);
    const call = await this.#receiving(actor.organizationId, agent.id, chunk);
    if (!call) throw notFound('This call');
    if (hash.toString('hex') !== chunk.sha256)
      throw new AppError('chunk-damaged', 'This chunk was damaged on its way. Send it again.');
    // All of it is here, by whatever way.
    if (call.recordingStatus !== null && call.recordingStatus !== 'partial') return;
    if (call.hash) return sameOrConflict(call.hash, hash);
    if (Number(call.sizeBytes ?? 0) + chunk.bytes.length > MAX_RECORDING_BYTES)
      throw new AppError('payload-too-large', 'The recording is too large.');
    await this.folder.put(
      { organizationId: actor.organizationId, callId: chunk.callId },
      { ...chunk, hash },
      chunk.bytes,
    );
    await this.#note(actor, call.id, chunk, hash).catch(async (error: unknown) => {
      if (!isDuplicate(error)) throw error;
      const first = await this.#receiving(actor.organizationId, agent.id, chunk);
      if (first?.hash) sameOrConflict(first.hash, hash);
    });
  }

  /**
   * All chunks have been sent: has the recording put together when all have come.
   * @returns those that have not
   * @throws AppError `conflict` when they are not what the browser recorded
   */
  async complete(
    actor: Actor,
    callId: string,
    parts: readonly RecordingPart[],
  ): Promise<{ missing: MissingChunks[] }> {
    const agent = requireAgent(actor);
    const call = await forOrganization(this.db, actor.organizationId).call.findUnique({
      where: { uuid: uuidBytes(callId), agentId: agent.id },
      select: {
        id: true,
        recording: { select: { status: true } },
        chunks: { select: { part: true, n: true, hash: true }, orderBy: [{ part: 'asc' }, { n: 'asc' }] },
      },
    });
    if (!call) throw notFound('This call');
    if (call.recording && call.recording.status !== 'partial') return { missing: [] };
    const missing = missingOf(parts, call.chunks);
    if (missing.length > 0) return { missing };
    for (const { part, chunks, root } of parts) {
      const hashes = call.chunks.filter((chunk) => chunk.part === part && chunk.n < chunks);
      if (sha256(...hashes.map(({ hash }) => hash)).toString('hex') !== root)
        throw new AppError('conflict', 'The recording that came is not the one that was recorded.');
    }
    await this.#haveAssembled(actor, call.id, parts);
    return { missing: [] };
  }

  async #haveAssembled(actor: Actor, id: bigint, parts: readonly RecordingPart[]): Promise<void> {
    await this.units.run(actor, async ({ tx, job }) => {
      await tx.recordingArrival.updateMany({ where: { callId: id }, data: { parts: [...parts] } });
      job('recording.assemble', `recording.assemble:${id}`, { callId: Number(id) });
    });
  }

  async #receiving(
    organizationId: number,
    agentId: number,
    chunk: SentChunk,
  ): Promise<Receiving | undefined> {
    const [call] = await this.db.$queryRaw<Receiving[]>`
      SELECT c.id, r.status AS recordingStatus, a.sizeBytes, k.hash FROM \`call\` c
      LEFT JOIN recording r ON r.organizationId = c.organizationId AND r.callId = c.id
      LEFT JOIN recording_arrival a ON a.organizationId = c.organizationId AND a.callId = c.id
      LEFT JOIN recording_chunk k ON k.organizationId = c.organizationId AND k.callId = c.id
        AND k.part = ${chunk.part} AND k.n = ${chunk.n}
      WHERE c.uuid = ${uuidBytes(chunk.callId)} AND c.organizationId = ${organizationId} AND c.agentId = ${agentId}`;
    return call;
  }

  /** Once the chunk lies on the disk. @throws the duplicate's error when it was noted before */
  async #note(actor: Actor, callId: bigint, { part, n, bytes }: SentChunk, hash: Buffer): Promise<void> {
    const { organizationId } = actor;
    const now = this.clock.now();
    await this.units.quick(
      actor,
      [
        {
          sql: `INSERT INTO recording_chunk (organizationId, callId, part, n, sizeBytes, hash, arrivedAt)
            VALUES (?, ?, ?, ?, ?, ?, ?)`,
          values: [organizationId, callId, part, n, bytes.length, hash, now],
        },
        {
          sql: `INSERT INTO recording_arrival (organizationId, callId, sizeBytes, arrivedAt) VALUES (?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE sizeBytes = sizeBytes + VALUES(sizeBytes), arrivedAt = VALUES(arrivedAt)`,
          values: [organizationId, callId, bytes.length, now],
        },
      ],
      [],
    );
  }
}

function sameOrConflict(known: Uint8Array, hash: Buffer): void {
  if (!hash.equals(known)) throw new AppError('conflict', 'Another chunk with this number has come before.');
}
