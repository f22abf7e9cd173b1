const LONGEST_PAUSE_MS = 4_000;
const WINDOW_MS = 20_000;

/** So many deaths within twenty seconds are no accident any more. */
export const TOO_MANY_DEATHS = 5;

/**
 * How soon a process that died is started again: at once after an accident. The pause doubles with every death of the
 * last twenty seconds, so that a process that cannot live does not eat the machine.
 */
export class RestartPolicy {
  readonly #firstPauseMs: number;
  #deaths: number[] = [];

  constructor(firstPauseMs = 250) {
    this.#firstPauseMs = firstPauseMs;
  }

  /**
   * @param now of any clock that only goes forward, in ms
   * @returns the pause before the next start in ms, and whether it dies too often for an accident
   */
  died(now: number): { readonly pauseMs: number; readonly tooOften: boolean } {
    this.#deaths = [...this.#deaths.filter((at) => now - at < WINDOW_MS), now];
    const count = this.#deaths.length;
    return {
      pauseMs: Math.min(this.#firstPauseMs * 2 ** (count - 1), LONGEST_PAUSE_MS),
      tooOften: count >= TOO_MANY_DEATHS,
    };
  }
}
