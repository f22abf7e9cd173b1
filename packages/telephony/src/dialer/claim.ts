import { backOffMs, type Clock, within } from '../clock';
import { httpStatus } from '../outbox/delivery';

/** One try to ask; a server that is there answers in milliseconds. */
const TRY_MS = 5_000;
/** Between two tries, at most. */
const PAUSE_CAP_MS = 2_000;

/**
 * Asks for a call until the answer is known: a request that is lost, or refused by a server that is just starting, is
 * repeated. It carries the call's id, so that repeating it claims nothing twice.
 * @param forMs how long at most; then the last error
 * @throws the server's refusal (4xx) at once
 */
export async function askUntilKnown<T>(ask: () => Promise<T>, clock: Clock, forMs: number): Promise<T> {
  const until = clock.now() + forMs;
  for (let attempt = 0; ; attempt++) {
    try {
      const ms = Math.min(TRY_MS, until - clock.now());
      return await within(clock, ms, 'The server did not answer in time.', ask());
    } catch (error) {
      const status = httpStatus(error);
      const isAnswer = status !== null && status < 500;
      const wait = backOffMs(attempt, 400, PAUSE_CAP_MS, () => 0);
      if (isAnswer || clock.now() + wait >= until) throw error;
      await new Promise<void>((resolve) => clock.after(wait, resolve));
    }
  }
}
