import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { SCHEDULE_QUEUE, WORK_QUEUE } from './work-queue';

/** The queues as the operators' page shows them: to be read, not changed. Jobs carry ids alone. */
export class QueueBoard {
  readonly #queues: readonly Queue[];
  readonly adapters: readonly BullMQAdapter[];

  constructor(redis: Redis, prefix: string) {
    this.#queues = [WORK_QUEUE, SCHEDULE_QUEUE].map((name) => new Queue(name, { connection: redis, prefix }));
    // The connection tells of its errors itself.
    for (const queue of this.#queues) queue.on('error', () => undefined);
    this.adapters = this.#queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true }));
  }

  async close(): Promise<void> {
    await Promise.all(this.#queues.map((queue) => queue.close().catch(() => undefined)));
  }
}
