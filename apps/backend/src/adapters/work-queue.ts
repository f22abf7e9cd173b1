import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';

export const WORK_QUEUE = 'work';
export const SCHEDULE_QUEUE = 'schedules';

/** What a job in Redis carries: its row in the database knows the rest. */
export interface WorkData {
  readonly requestId: string;
}

/** A done job's id is known for this long: adding it again meanwhile does nothing. */
const KEPT_SECONDS = 3600;
const ATTEMPTS = 8;

/** The queue as the relay sees it. Never waits for a Redis that is away. */
export class WorkQueue {
  readonly #queue: Queue<WorkData>;

  constructor(
    private readonly redis: Redis,
    prefix: string,
  ) {
    this.#queue = new Queue<WorkData>(WORK_QUEUE, { connection: redis, prefix });
    // The connection tells of its errors itself.
    this.#queue.on('error', () => undefined);
  }

  get isReady(): boolean {
    return this.redis.status === 'ready';
  }

  /** Adds jobs; those that are there already are not doubled. */
  async add(jobs: readonly { readonly id: bigint | number; readonly kind: string }[]): Promise<void> {
    await this.#queue.addBulk(
      jobs.map(({ id, kind }) => ({
        name: kind,
        data: { requestId: String(id) },
        opts: {
          jobId: `request-${id}`,
          attempts: ATTEMPTS,
          backoff: { type: 'exponential', delay: 1_000 },
          removeOnComplete: { age: KEPT_SECONDS },
          removeOnFail: { age: KEPT_SECONDS },
        },
      })),
    );
  }

  async close(): Promise<void> {
    await this.#queue.close().catch(() => undefined);
  }
}
