/** Takes a timer back; safe to call twice. */
export type CancelTimer = () => void;

/** Time as the calls, the dialer and the outbox see it; tests pass their own. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Calls `task` once after `ms` milliseconds at the earliest. */
  after(ms: number, task: () => void): CancelTimer;
}

/**
 * The browser's clock. Timers of a hidden tab may be late by a second (by a minute after five minutes of
 * silence), so whoever waits for a deadline compares `now()` with it and looks again when the tab is shown.
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};

/** An instant as the contracts want it. */
export function toInstant(at: number): string {
  return new Date(at).toISOString();
}

/**
 * Wait before try number `attempt` (0-based): doubles from `baseMs` up to `capMs`, the upper half of it at random so
 * that a thousand browsers do not come back in the same second.
 */
export function backOffMs(attempt: number, baseMs: number, capMs: number, random: () => number): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(attempt, 30));
  return Math.round(ceiling / 2 + (ceiling / 2) * random());
}

/**
 * A promise that is waited for no longer than `ms`.
 * @throws Error with `words` then; what it was waited for goes on
 */
export function within<T>(clock: Clock, ms: number, words: string, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => reject(new Error(words)));
    promise.then(resolve, reject).finally(cancel);
  });
}
