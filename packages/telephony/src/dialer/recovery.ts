import { backOffMs, type CancelTimer, type Clock } from '../clock';

export interface RecoveryOptions {
  clock: Clock;
  /** Whether something still stands in the way that is worth waiting for. */
  isBlocked: () => boolean;
  onOver: () => void;
}

/** Looks after a fault of ours whether it is over: first after a second, then later and later, 8 s at most. */
export class Recovery {
  readonly #options: RecoveryOptions;
  #timer: CancelTimer | null = null;
  #looks = 0;

  constructor(options: RecoveryOptions) {
    this.#options = options;
  }

  await(): void {
    const { clock, isBlocked, onOver } = this.#options;
    this.#timer?.();
    this.#timer = clock.after(
      backOffMs(this.#looks++, 1_000, 8_000, () => 1),
      () => {
        if (isBlocked()) this.await();
        else onOver();
      },
    );
  }

  /** The next fault is another one. */
  over(): void {
    this.close();
    this.#looks = 0;
  }

  close(): void {
    this.#timer?.();
  }
}
