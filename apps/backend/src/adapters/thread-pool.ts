import pLimit, { type LimitFunction } from 'p-limit';
import { Piscina } from 'piscina';

export interface ThreadPoolOptions {
  /** The module whose default export does a task, beside the caller; without its ending. */
  readonly module: string;
  readonly besides: string;
  readonly threads: number;
  /** Heap of one thread, in MiB; the last guard against a file made to explode. */
  readonly memoryMb: number;
}

/** The task used more time or memory than it may; its thread has been ended. */
export class TooMuchWorkError extends Error {
  override readonly name = 'TooMuchWorkError';
  constructor(
    readonly resource: 'time' | 'memory',
    options: ErrorOptions,
  ) {
    super(`The work took too much ${resource}.`, options);
  }
}

/** Threads without work end after this long. */
const IDLE_MS = 30_000;

/**
 * Threads for work that keeps a processor busy. The process goes on answering meanwhile, whatever the work does: one
 * that never ends is ended with its thread.
 */
export class ThreadPool<Task, Answer> {
  readonly #options: ThreadPoolOptions;
  readonly #turn: LimitFunction;
  #threads: Piscina<Task, Answer> | null = null;

  constructor(options: ThreadPoolOptions) {
    this.#options = options;
    this.#turn = pLimit(options.threads);
  }

  /**
   * @param timeoutMs longest run of the task; waiting for a thread does not count
   * @throws TooMuchWorkError, and whatever the work throws
   */
  run(task: Task, timeoutMs: number): Promise<Answer> {
    return this.#turn(() => this.#run(task, timeoutMs));
  }

  async close(): Promise<void> {
    this.#turn.clearQueue();
    await this.#threads?.destroy();
    this.#threads = null;
  }

  async #run(task: Task, timeoutMs: number): Promise<Answer> {
    this.#threads ??= this.#start();
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      return await this.#threads.run(task, { signal: limit });
    } catch (error) {
      if (limit.aborted) throw new TooMuchWorkError('time', { cause: error });
      if ((error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY')
        throw new TooMuchWorkError('memory', { cause: error });
      throw error;
    }
  }

  /** The module is a bundle of its own in production, and TypeScript in development and tests. */
  #start(): Piscina<Task, Answer> {
    const { module, besides, threads, memoryMb } = this.#options;
    const ending = besides.endsWith('.ts') ? 'ts' : 'js';
    return new Piscina({
      filename: new URL(`./${module}.${ending}`, besides).href,
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: IDLE_MS,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
  }
}
