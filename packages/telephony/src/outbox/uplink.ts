import type { Clock } from '../clock';
import { BackOff } from './back-off';
import { isForWantOfSpace, reasonOf } from './delivery';
import type { OutboxEntry, OutboxStorage } from './outbox-storage';

/** How long a request may take: for the answer, and for the slowest line that bytes are still waited for on. */
const ANSWER_MS = 60_000;
const SLOWEST_BYTES_PER_MS = 16;

export interface UplinkOptions {
  storage: OutboxStorage;
  clock: Clock;
  random: () => number;
  /** Aborts when the outbox closes. */
  signal: AbortSignal;
  /** An entry changed on disk. */
  onChange: () => Promise<void>;
  onUploading: (uploading: boolean) => void;
  /** Why the last try failed, or null after one that succeeded. */
  onResult: (error: string | null) => void;
}

/** What all lanes know of the way to the server: how long it has to be left alone, and what a try is. */
export class Uplink {
  readonly server: BackOff;
  /** Of recordings alone: the server has no room for them, and takes reports. */
  readonly space: BackOff;
  readonly #options: UplinkOptions;
  #trying = 0;

  constructor(options: UplinkOptions) {
    this.#options = options;
    this.server = new BackOff(options.clock, options.random);
    this.space = new BackOff(options.clock, options.random);
  }

  get isClosed(): boolean {
    return this.#options.signal.aborted;
  }

  retryNow(): void {
    this.server.reset();
    this.space.reset();
  }

  /** A request failed, but may succeed later. */
  failed(error: unknown): void {
    (isForWantOfSpace(error) ? this.space : this.server).failed();
  }

  /**
   * Tries something for an ended call, and notes what came of it.
   * @param isFinal whether the server will never take it
   * @returns whether it was refused for good
   */
  async try(
    entry: OutboxEntry,
    work: () => Promise<void>,
    isFinal: (error: unknown) => boolean,
  ): Promise<boolean> {
    const { onUploading, onResult, onChange, storage } = this.#options;
    let isRefused = false;
    this.#trying += 1;
    onUploading(true);
    try {
      await work();
      this.server.reset();
      onResult(null);
    } catch (error) {
      if (this.isClosed) return false;
      const reason = reasonOf(error);
      onResult(reason);
      isRefused = isFinal(error);
      if (isRefused) await storage.put({ ...entry, state: 'failed', error: reason });
      else this.failed(error);
    } finally {
      this.#trying -= 1;
      onUploading(this.#trying > 0);
    }
    await onChange();
    return isRefused;
  }

  /** @throws what `work` does when it is aborted after the time that so many bytes may take */
  async within<T>(bytes: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { clock, signal } = this.#options;
    const limit = new AbortController();
    const giveUp = () => limit.abort(signal.reason);
    const cancel = clock.after(ANSWER_MS + bytes / SLOWEST_BYTES_PER_MS, giveUp);
    signal.addEventListener('abort', giveUp);
    try {
      return await work(limit.signal);
    } finally {
      cancel();
      signal.removeEventListener('abort', giveUp);
    }
  }
}
