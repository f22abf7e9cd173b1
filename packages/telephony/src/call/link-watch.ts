import type { CancelTimer, Clock } from '../clock';

/** A server owes a first answer (100 will do) for no longer than this. */
const ANSWER_MS = 4_000;
/** After so long without one it is asked: together no more than 15 s until a dead link is known. */
const IDLE_MS = 10_000;
/** A timer that comes so late says nothing of the server: the page was asleep. */
const ASLEEP_MS = 2_000;

export interface LinkWatchOptions {
  clock: Clock;
  /** Sends a request that every server answers: OPTIONS (RFC 3261 §11). */
  ask: () => void;
  onDead: () => void;
}

/**
 * Whether the phone server still answers on an open socket. What counts is that requests are answered: frames that
 * merely arrive, and a socket that merely stays open, prove nothing of the way there.
 */
export class LinkWatch {
  readonly #options: LinkWatchOptions;
  #open = false;
  #timer: CancelTimer | null = null;
  #owes = false;

  constructor(options: LinkWatchOptions) {
    this.#options = options;
  }

  opened(): void {
    this.#open = true;
    this.#owes = false;
    this.#rest();
  }

  closed(): void {
    this.#open = false;
    this.#timer?.();
    this.#timer = null;
  }

  sent(message: string): void {
    if (!this.#open || this.#owes || /^(SIP\/2\.0|ACK) /.test(message)) return;
    this.#owes = true;
    this.#await();
  }

  heard(message: string): void {
    if (!this.#open || !message.startsWith('SIP/2.0 ')) return;
    this.#owes = false;
    this.#rest();
  }

  /** Something has happened after which the link may be another: it is asked at once. */
  look(): void {
    if (this.#open && !this.#owes) this.#options.ask();
  }

  #rest(): void {
    this.#after(IDLE_MS, () => this.look());
  }

  #await(): void {
    const { clock, ask, onDead } = this.#options;
    const due = clock.now() + ANSWER_MS;
    this.#after(ANSWER_MS, () => {
      if (clock.now() - due < ASLEEP_MS) return onDead();
      ask();
      this.#await();
    });
  }

  #after(ms: number, task: () => void): void {
    this.#timer?.();
    this.#timer = this.#options.clock.after(ms, task);
  }
}
