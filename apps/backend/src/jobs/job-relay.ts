import type { Clock } from '../adapters/clock';
import type { WorkQueue } from '../adapters/work-queue';
import type { Db } from '../db/client';
import type { Relaying } from './relay';

const BATCH = 500;
/** A job that was queued this long ago and is not done is queued again: Redis may have lost it. */
const REQUEUE_MS = 60_000;

/** Hands the jobs that transactions have asked for to the queue, until they are done. */
export class JobRelay implements Relaying {
  readonly news = 'jobs';

  constructor(
    private readonly db: Db,
    private readonly queue: WorkQueue,
    private readonly clock: Clock,
  ) {}

  /** @returns whether there may be more */
  async relay(): Promise<boolean> {
    if (!this.queue.isReady) return false;
    const now = this.clock.now();
    const forgotten = new Date(now.getTime() - REQUEUE_MS);
    const jobs = await this.db.jobRequest.findMany({
      where: { doneAt: null, OR: [{ queuedAt: null }, { queuedAt: { lt: forgotten } }] },
      select: { id: true, kind: true },
      orderBy: { id: 'asc' },
      take: BATCH,
    });
    if (jobs.length === 0) return false;
    await this.queue.add(jobs);
    await this.db.jobRequest.updateMany({
      where: { id: { in: jobs.map(({ id }) => id) } },
      data: { queuedAt: now },
    });
    return jobs.length === BATCH;
  }
}
