import { type CancelTimer, type Clock, systemClock } from '../clock';
import { networkOf } from './page-watch';
import { type ConnectionNeeds, PreparedConnection } from './prepared-connection';

/** A spare holds sockets, and a relay where there is one: not for an agent who went to lunch. */
const LIFE_MS = 180_000;

/** The connection of the next call, made while there is time. */
export class SpareConnection {
  readonly #clock: Clock;
  readonly #closing = new AbortController();
  #spare: PreparedConnection | null = null;
  #cancelEnd: CancelTimer | null = null;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
    // Candidates of another network lead nowhere.
    const { signal } = this.#closing;
    window.addEventListener('offline', () => this.drop(), { signal });
    networkOf(navigator)?.addEventListener('change', () => this.drop(), { signal });
  }

  /** Makes one, unless there is one that fits. */
  make(needs: ConnectionNeeds): void {
    if (this.#closing.signal.aborted || this.#spare?.fits(needs)) return;
    this.drop();
    this.#spare = new PreparedConnection(needs);
    this.#cancelEnd = this.#clock.after(LIFE_MS, () => this.drop());
  }

  /** The spare if it fits, else one made now. */
  take(needs: ConnectionNeeds): PreparedConnection {
    this.make(needs);
    this.#cancelEnd?.();
    const taken = this.#spare ?? new PreparedConnection(needs);
    this.#spare = null;
    return taken;
  }

  drop(): void {
    this.#cancelEnd?.();
    this.#spare?.close();
    this.#spare = null;
  }

  close(): void {
    this.#closing.abort();
    this.drop();
  }
}
