import { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { SCHEDULE_QUEUE } from '../adapters/work-queue';
import type { Logger } from '../config/logger';

/** Something that is done again and again: every so many milliseconds, or by a cron pattern in UTC. */
export interface Schedule {
  readonly name: string;
  readonly every: number | string;
  readonly run: () => Promise<unknown>;
}

/** What is done by the clock. Of all processes one does each turn. */
export class Schedules {
  readonly #queue: Queue;
  readonly #worker: Worker;
  #upserting: NodeJS.Timeout | null = null;

  constructor(
    private readonly redis: Redis,
    prefix: string,
    private readonly schedules: readonly Schedule[],
    private readonly logger: Logger,
  ) {
    this.#queue = new Queue(SCHEDULE_QUEUE, { connection: redis, prefix });
    this.#queue.on('error', () => undefined);
    this.#worker = new Worker(SCHEDULE_QUEUE, ({ name }) => this.#run(name), {
      connection: redis,
      prefix,
      autorun: false,
      lockDuration: 30_000,
      maxStalledCount: 3,
    });
    this.#worker.on('error', () => undefined);
  }

  start(): void {
    this.#worker.run().catch((error: unknown) => this.logger.error({ err: error }, 'schedules have stopped'));
    // Every time Redis is back: it may have been wiped.
    this.redis.on('ready', () => void this.#upsert());
    if (this.redis.status === 'ready') void this.#upsert();
  }

  async close(): Promise<void> {
    if (this.#upserting) clearTimeout(this.#upserting);
    await this.#worker.close(true).catch(() => undefined);
    await this.#queue.close().catch(() => undefined);
  }

  async #upsert(): Promise<void> {
    try {
      for (const { name, every } of this.schedules)
        await this.#queue.upsertJobScheduler(
          name,
          typeof every === 'number' ? { every } : { pattern: every, tz: 'UTC' },
          { name, opts: { removeOnComplete: true, removeOnFail: 100 } },
        );
    } catch (error) {
      this.logger.warn({ err: error }, 'schedules not written; trying again');
      this.#upserting = setTimeout(() => void this.#upsert(), 5_000).unref();
    }
  }

  async #run(name: string): Promise<void> {
    const schedule = this.schedules.find((known) => known.name === name);
    if (!schedule) return;
    const result = await schedule.run();
    this.logger.debug({ schedule: name, result }, 'done by the clock');
  }
}
