import { type Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Clock } from '../adapters/clock';
import { WORK_QUEUE, type WorkData } from '../adapters/work-queue';
import type { Logger } from '../config/logger';
import type { Db } from '../db/client';
import type { SystemActor } from '../work/actor';
import type { JobName, Jobs } from '../work/jobs';

export type JobHandlers = {
  readonly [N in JobName]: (actor: SystemActor, payload: Jobs[N]) => Promise<void>;
};

/** Jobs at once in one process; the heavy ones wait for their threads anyway. */
const CONCURRENCY = 4;
/** A job whose process died is taken up by another after this long, in ms. */
const LOCK_MS = 10_000;

/** Does jobs. One may be done twice, when a process dies between the work and the note that it is done. */
export class JobRunner {
  readonly #worker: Worker<WorkData>;

  constructor(
    redis: Redis,
    prefix: string,
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly handlers: JobHandlers,
    private readonly logger: Logger,
  ) {
    this.#worker = new Worker<WorkData>(WORK_QUEUE, (job) => this.#do(job), {
      connection: redis,
      prefix,
      autorun: false,
      concurrency: CONCURRENCY,
      lockDuration: LOCK_MS,
      stalledInterval: LOCK_MS / 2,
      maxStalledCount: 3,
    });
    this.#worker.on('error', () => undefined);
    this.#worker.on('failed', (job, error) => void this.#failed(job, error));
  }

  start(): void {
    this.#worker
      .run()
      .catch((error: unknown) => this.logger.error({ err: error }, 'jobs are not done any more'));
  }

  /** @param deadlineMs how long running jobs may take to finish; another process takes up what does not */
  async close(deadlineMs: number): Promise<void> {
    const timer = setTimeout(() => void this.#worker.close(true), deadlineMs);
    await this.#worker.close().catch(() => undefined);
    clearTimeout(timer);
  }

  async #do({ data }: Job<WorkData>): Promise<void> {
    const where = { id: BigInt(data.requestId) };
    const request = await this.db.jobRequest.findUnique({ where });
    if (!request || request.doneAt) return;
    const { kind, organizationId, payload } = request;
    const actor: SystemActor = { kind: 'system', name: kind, organizationId };
    const handle = this.handlers[kind as JobName] as (actor: SystemActor, payload: unknown) => Promise<void>;
    const began = performance.now();
    await handle(actor, payload);
    await this.db.jobRequest.updateMany({ where, data: { doneAt: this.clock.now() } });
    this.logger.info({ job: kind, ms: Math.round(performance.now() - began) }, 'job done');
  }

  /** After its last try a job is closed with what it failed of; an operator sees it in the queue. */
  async #failed(job: Job<WorkData> | undefined, error: Error): Promise<void> {
    if (!job) return;
    const isLast = job.attemptsMade >= (job.opts.attempts ?? 1);
    this.logger[isLast ? 'error' : 'warn'](
      { err: error, job: job.name, attempt: job.attemptsMade },
      'job failed',
    );
    if (!isLast) return;
    const data = { doneAt: this.clock.now(), failure: error.message.slice(0, 300) };
    await this.db.jobRequest
      .updateMany({ where: { id: BigInt(job.data.requestId), doneAt: null }, data })
      .catch((cause: unknown) => this.logger.warn({ err: cause }, 'could not close a failed job'));
  }
}
