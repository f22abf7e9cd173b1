import type { ChunkFolder } from '../../adapters/chunk-folder';
import type { Clock } from '../../adapters/clock';
import type { Db } from '../../db/client';
import type { SystemActor } from '../../work/actor';
import type { Units } from '../../work/units';

const HOUR_MS = 60 * 60_000;
/** A recording of which nothing came for so long, after its call, is put together of what came. */
const SILENCE_MS = 10 * 60_000;
/** So long the browser that has the rest may stay away. */
const KEPT_MS = 30 * 24 * HOUR_MS;
const BATCH = 500;

/** Raw SQL gives unsigned numbers as bigint. */
interface ArrivalKey {
  readonly organizationId: bigint;
  readonly callId: bigint;
}

/** Looks after recordings whose browser does not complete them. */
export class RecordingSweeper {
  constructor(
    private readonly db: Db,
    private readonly units: Units,
    private readonly clock: Clock,
    private readonly folder: ChunkFolder,
  ) {}

  /**
   * Has recordings put together that nobody completes, and those that could not be put together before: each hour anew,
   * since a full disk does not stay full.
   * @returns how many
   */
  async sweep(): Promise<number> {
    const now = this.clock.now().getTime();
    const silentSince = new Date(now - SILENCE_MS);
    const due = await this.db.$queryRaw<ArrivalKey[]>`
      SELECT a.organizationId, a.callId FROM recording_arrival a
      LEFT JOIN live_call l ON l.organizationId = a.organizationId AND l.callId = a.callId
      WHERE a.arrivedAt < ${silentSince} AND l.callId IS NULL
        AND (a.parts IS NOT NULL OR a.assembledAt IS NULL OR a.assembledAt < a.arrivedAt)
      LIMIT ${BATCH}`;
    const turn = Math.floor(now / HOUR_MS);
    for (const { organizationId, callId } of due)
      await this.units.run(sweeper(Number(organizationId)), async ({ job }) => {
        job('recording.assemble', `recording.assemble:${callId}:${turn}`, { callId: Number(callId) });
      });
    return due.length;
  }

  /** Gives up on chunks of recordings that nobody completed in a month; what was put together of them stays. */
  async forget(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - KEPT_MS);
    const old = await this.db.recordingArrival.findMany({
      where: { arrivedAt: { lt: before } },
      select: { organizationId: true, callId: true },
      take: BATCH,
    });
    for (const { organizationId, callId } of old)
      await this.units.run(sweeper(organizationId), async ({ tx }) => {
        await tx.recordingChunk.deleteMany({ where: { callId } });
        await tx.recordingArrival.deleteMany({ where: { callId } });
      });
    return this.folder.sweep(before);
  }
}

const sweeper = (organizationId: number): SystemActor => ({
  kind: 'system',
  name: 'recording-sweeper',
  organizationId,
});
