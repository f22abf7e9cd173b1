import { backOffMs, type Clock } from '../clock';

const BASE_MS = 2_000;
const CAP_MS = 5 * 60_000;

/** How long something that fails is left alone: longer and longer. */
export class BackOff {
  readonly #clock: Clock;
  readonly #random: () => number;
  #attempts = 0;
  #until = 0;

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /** When it may be tried again, in ms since 1970; long ago if it may be now. */
  get until(): number {
    return this.#until;
  }

  get isOver(): boolean {
    return this.#until <= this.#clock.now();
  }

  failed(): void {
    this.#until = this.#clock.now() + backOffMs(this.#attempts, BASE_MS, CAP_MS, this.#random);
    this.#attempts += 1;
  }

  /** It works again, or there is a reason to hope so. */
  reset(): void {
    this.#attempts = 0;
    this.#until = 0;
  }
}
