import { isStopped, RunQueueWait } from './process-state';

const TICK_MS = 1_000;
const PATIENCE_MS = 3_000;
/** However busy the machine is. */
const LONGEST_MS = 30_000;

export interface LivenessOptions {
  readonly pid: number;
  /** Asks the process by its own protocol. False or a rejection is no answer; a late one counts as one. */
  readonly probe: (signal: AbortSignal) => Promise<boolean>;
  /** Called once, after which it is no longer watched. */
  readonly onMute: () => void;
  /** How often it is asked, in ms. */
  readonly tickMs?: number;
  /** How long it may owe an answer, in ms. */
  readonly patienceMs?: number;
}

/**
 * Watches whether a process that runs also answers.
 *
 * What counts against it is the time that it owes an answer, less the time it waited for a processor, so that a busy
 * machine makes nothing mute. Time in which this process itself did not run (a suspended machine, a stopped terminal)
 * counts for nothing: the other may have been stopped with it.
 */
export class Liveness {
  readonly #options: LivenessOptions;
  readonly #tickMs: number;
  readonly #patienceMs: number;
  readonly #wait: RunQueueWait;
  readonly #timer: NodeJS.Timeout;
  #tickedAt = performance.now();
  /** The question that is out. */
  #asking: AbortController | undefined;
  #isOwing = false;
  #owedMs = 0;
  #silentMs = 0;

  constructor(options: LivenessOptions) {
    this.#options = options;
    this.#tickMs = options.tickMs ?? TICK_MS;
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
    this.#wait = new RunQueueWait(options.pid);
    this.#timer = setInterval(() => this.#tick(), this.#tickMs).unref();
  }

  /** Idempotent. */
  close(): void {
    clearInterval(this.#timer);
    this.#asking?.abort();
  }

  #tick(): void {
    const now = performance.now();
    const passedMs = now - this.#tickedAt;
    this.#tickedAt = now;
    if (passedMs > this.#patienceMs) this.#countAnew();
    else if (this.#isOwing) this.#count(Math.min(passedMs, 2 * this.#tickMs));
    if (this.#owedMs >= this.#patienceMs || this.#silentMs >= LONGEST_MS) {
      this.close();
      this.#options.onMute();
    } else if (!this.#asking) void this.#ask();
  }

  #count(passedMs: number): void {
    this.#silentMs += passedMs;
    this.#owedMs += Math.max(0, passedMs - this.#wait.since(passedMs));
  }

  async #ask(): Promise<void> {
    const asking = new AbortController();
    this.#asking = asking;
    if (!this.#isOwing) this.#wait.since(0);
    this.#isOwing = true;
    const { pid, probe } = this.#options;
    const answers = await probe(asking.signal).catch(() => false);
    this.#asking = undefined;
    // One of its workers may answer while another is stopped, with whatever it was doing.
    if (!answers || isStopped(pid)) return;
    this.#isOwing = false;
    this.#countAnew();
  }

  #countAnew(): void {
    this.#owedMs = 0;
    this.#silentMs = 0;
  }
}
