import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { SCHEDULE_QUEUE, WORK_QUEUE } from './work-queue';

/** The queues as the operators' page shows them: to be read, not changed. Jobs carry ids alone. */
export class QueueBoard {
  readonly adapters: readonly BullMQAdapter[];

  /** @param redis its owner closes it */
  constructor(redis: Redis, prefix: string) {
    this.adapters = [WORK_QUEUE, SCHEDULE_QUEUE].map((name) => {
      const queue = new Queue(name, { connection: redis, prefix });
      // The connection tells of its errors itself.
      queue.on('error', () => undefined);
      return new BullMQAdapter(queue, { readOnlyMode: true });
    });
  }
}
