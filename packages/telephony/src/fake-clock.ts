import type { CancelTimer, Clock } from './clock';

/** Virtual time for tests: stands still until told to move. */
export class FakeClock implements Clock {
  #now: number;
  #timers: { due: number; task: () => void }[] = [];

  constructor(now = Date.UTC(2030, 0, 1)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, task: () => void): CancelTimer {
    const timer = { due: this.#now + ms, task };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  get pending(): number {
    return this.#timers.length;
  }

  /** Moves time on and runs what falls due, in order. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const next = this.#timers.filter(({ due }) => due <= until).sort((a, b) => a.due - b.due)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.due);
      next.task();
    }
    this.#now = until;
  }

  /** Time jumps without any timer running, as when a laptop sleeps. */
  sleep(ms: number): void {
    this.#now += ms;
  }
}
