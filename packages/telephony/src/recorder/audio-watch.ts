import type { CancelTimer, Clock } from '../clock';

/** A browser that lets no audio through by then (no sound device, no click yet) records silence. */
const AUDIO_BY_MS = 3_000;

/** What is watched of an AudioContext. Safari has a state of its own for a telephone call that takes the sound away. */
export type WatchedContext = EventTarget & {
  readonly state: AudioContextState | 'interrupted';
  resume(): Promise<void>;
};

/**
 * Notices that a browser stops letting audio through (another program takes the sound device, the system goes to sleep,
 * the page has had no click yet), asks it to go on, and tells when it does not within three seconds, and when it does.
 */
export class AudioWatch {
  readonly #context: WatchedContext;
  readonly #clock: Clock;
  readonly #onHeard: (isHeard: boolean) => void;
  readonly #closing = new AbortController();
  #cancel: CancelTimer | null = null;
  #isHeard = true;

  constructor(context: WatchedContext, clock: Clock, onHeard: (isHeard: boolean) => void) {
    this.#context = context;
    this.#clock = clock;
    this.#onHeard = onHeard;
    context.addEventListener('statechange', () => this.#look(), { signal: this.#closing.signal });
    this.#look();
  }

  close(): void {
    this.#closing.abort();
    this.#cancel?.();
  }

  #look(): void {
    if (this.#context.state === 'running') {
      this.#cancel?.();
      this.#cancel = null;
      this.#tell(true);
      return;
    }
    if (this.#context.state !== 'closed') this.#context.resume().catch(() => undefined);
    this.#cancel ??= this.#clock.after(AUDIO_BY_MS, () => this.#tell(false));
  }

  #tell(isHeard: boolean): void {
    if (this.#isHeard === isHeard) return;
    this.#isHeard = isHeard;
    this.#onHeard(isHeard);
  }
}
