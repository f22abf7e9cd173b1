import { join } from 'node:path';
import type { RecordingPart } from '@outdial/contracts';
import { v7 as uuidv7 } from 'uuid';
import type { AudioAssembler } from '../../adapters/audio-assembler';
import type { AudioPart } from '../../adapters/audio-assembly';
import { audioTypeOf } from '../../adapters/audio-type';
import type { ArrivingCall, ChunkFolder } from '../../adapters/chunk-folder';
import { type FileStorage, storageKey } from '../../adapters/file-storage';
import { inTemporaryFolder, storeFile, withLocalCopy } from '../../adapters/local-copy';
import type { Db } from '../../db/client';
import type { Prisma } from '../../db/generated/client';
import { uuidText } from '../../db/public-ids';
import { forOrganization } from '../../db/tenant';
import type { SystemActor } from '../../work/actor';
import type { Units } from '../../work/units';
import { chunkRuns } from './chunk-runs';
import type { StoredRecordings } from './stored-recordings';

const arrivalSelect = {
  parts: true,
  call: {
    select: {
      uuid: true,
      startedAt: true,
      durationMs: true,
      recording: { select: { status: true } },
      chunks: {
        select: { part: true, n: true, hash: true, arrivedAt: true },
        orderBy: [{ part: 'asc' }, { n: 'asc' }],
      },
    },
  },
} satisfies Prisma.RecordingArrivalSelect;

type Arrival = Prisma.RecordingArrivalGetPayload<{ select: typeof arrivalSelect }>;

/** Makes recordings ready to be heard: puts chunks together, with an index to jump by and a waveform. */
export class RecordingAssemblyService {
  constructor(
    private readonly db: Db,
    private readonly units: Units,
    private readonly storage: FileStorage,
    private readonly folder: ChunkFolder,
    private readonly assembler: AudioAssembler,
    private readonly recordings: StoredRecordings,
  ) {}

  /** The recording of a call that came in chunks: all of it, or what has come of one that will hardly be completed. */
  async assemble(actor: SystemActor, callId: number): Promise<void> {
    const arrival = await forOrganization(this.db, actor.organizationId).recordingArrival.findFirst({
      where: { callId },
      select: arrivalSelect,
    });
    if (!arrival) return;
    const call = { organizationId: actor.organizationId, callId: uuidText(arrival.call.uuid) };
    const { recording } = arrival.call;
    const isKnown = recording !== null && recording.status !== 'partial';
    const isOver = isKnown || (await this.#assemble(actor, callId, call, arrival));
    await this.units.run(actor, async ({ tx, now }) => {
      const where = { callId };
      if (!isOver) return tx.recordingArrival.updateMany({ where, data: { assembledAt: now } });
      await tx.recordingChunk.deleteMany({ where });
      return tx.recordingArrival.deleteMany({ where });
    });
    if (isOver) await this.folder.remove(call);
  }

  /** Makes one that came in a single request ready. One that cannot be read stays as it came, and says so. */
  async remux(actor: SystemActor, callId: number): Promise<void> {
    const found = await forOrganization(this.db, actor.organizationId).recording.findFirst({
      where: { callId, status: 'received' },
      include: { file: true, call: { select: { uuid: true, startedAt: true } } },
    });
    if (!found) return;
    const { file, call } = found;
    await withLocalCopy(this.storage, file.key, async (path, folder) => {
      const [audio, peaks] = [join(folder, 'audio'), join(folder, 'peaks')];
      const assembly = await this.assembler.assemble([{ path, startMs: 0 }], audio, peaks);
      if (assembly.kind !== 'assembled')
        return this.units.run(actor, (unit) => this.recordings.tell(unit, callId, { status: 'unreadable' }));
      const { extension, ...columns } = assembly.audio;
      const key = this.#keyOf(actor, call, extension);
      const object = await storeFile(this.storage, key, audio);
      const waveform = assembly.hasPeaks ? await storeFile(this.storage, `${key}.dat`, peaks) : null;
      const row = { status: 'complete' as const, ...columns };
      await this.units.run(actor, (unit) => this.recordings.keep(unit, callId, object, waveform, row));
    });
  }

  /** @returns whether nothing more is to come */
  #assemble(
    actor: SystemActor,
    callId: number,
    call: ArrivingCall,
    { parts, call: row }: Arrival,
  ): Promise<boolean> {
    const stated = parts as unknown as RecordingPart[] | null;
    return inTemporaryFolder(async (folder) => {
      const runs = chunkRuns(row.chunks, stated, row.durationMs);
      let isWhole = stated !== null;
      const files: AudioPart[] = [];
      for (const { part, startMs, chunks, expected } of runs) {
        const path = join(folder, `part-${part}`);
        const written = await this.folder.join(call, chunks, path);
        isWhole &&= written === expected;
        const isTorn = written <= (chunks.at(-1)?.n ?? 0);
        if (written > 0) files.push({ path, startMs, isTorn });
      }
      const status = isWhole ? ('complete' as const) : ('partial' as const);
      await this.#store(actor, callId, row, files, folder, status, stated !== null);
      return stated !== null;
    });
  }

  /** @param isLast whether nothing more is to come: what cannot be read is then kept as it came */
  async #store(
    actor: SystemActor,
    callId: number,
    call: Arrival['call'],
    parts: readonly AudioPart[],
    folder: string,
    status: 'complete' | 'partial',
    isLast: boolean,
  ): Promise<void> {
    const [first] = parts;
    if (!first) return;
    const [audio, peaks] = [join(folder, 'audio'), join(folder, 'peaks')];
    const assembly = await this.assembler.assemble(parts, audio, peaks);
    if (assembly.kind === 'assembled') {
      const { extension, ...columns } = assembly.audio;
      // Under another name each time: what is put in the place of a file that somebody hears is another file.
      const name = status === 'complete' ? extension : `${uuidv7()}.${extension}`;
      const key = this.#keyOf(actor, call, name);
      const object = await storeFile(this.storage, key, audio);
      const waveform = assembly.hasPeaks ? await storeFile(this.storage, `${key}.dat`, peaks) : null;
      const row = { status, ...columns };
      return this.units.run(actor, (unit) => this.recordings.keep(unit, callId, object, waveform, row));
    }
    if (!isLast) return;
    const type = await audioTypeOf(first.path);
    const { mimeType, extension } = type ?? { mimeType: 'audio/webm', extension: 'webm' };
    const object = await storeFile(this.storage, this.#keyOf(actor, call, extension), first.path);
    const row = { status: 'unreadable', mimeType, durationMs: call.durationMs ?? 0, channels: 2 } as const;
    await this.units.run(actor, (unit) => this.recordings.keep(unit, callId, object, null, row));
  }

  #keyOf(actor: SystemActor, call: { uuid: Uint8Array; startedAt: Date }, name: string): string {
    return storageKey('recordings', actor.organizationId, call.startedAt, `${uuidText(call.uuid)}.${name}`);
  }
}
