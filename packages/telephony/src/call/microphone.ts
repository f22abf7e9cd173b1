import { type Readable, Store, type Unsubscribe } from '../store';

export type MicrophoneProblem = 'denied' | 'absent' | 'in-use' | 'unsupported';

export type MicrophoneState =
  /** Not asked for yet. */
  | { state: 'off' }
  /** The browser asks the agent. */
  | { state: 'asking' }
  | { state: 'ready'; stream: MediaStream; label: string }
  | { state: 'problem'; problem: MicrophoneProblem; message: string };

export class MicrophoneError extends Error {
  override name = 'MicrophoneError';
  readonly problem: MicrophoneProblem;

  constructor(problem: MicrophoneProblem) {
    super(MESSAGES[problem]);
    this.problem = problem;
  }
}

const MESSAGES: Readonly<Record<MicrophoneProblem, string>> = {
  denied: 'Microphone is blocked. Click the lock in the address bar, allow it, then try again.',
  absent: 'No microphone found. Plug one in, then try again.',
  'in-use': 'The microphone cannot be opened. Close other programs that use it, then try again.',
  unsupported: 'This page cannot use a microphone. Open Outdial over https, or on localhost.',
};

/** Names of `getUserMedia` errors (Media Capture and Streams §10.2) and what they mean for a person. */
function microphoneProblem(error: unknown): MicrophoneProblem {
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'absent';
    case 'TypeError':
    case 'NotSupportedError':
      return 'unsupported';
    default:
      return 'in-use';
  }
}

export interface MicrophoneOptions {
  /** Undefined on an insecure origin. */
  devices?: Pick<MediaDevices, 'getUserMedia' | 'addEventListener' | 'removeEventListener'> | undefined;
  /** Echo cancellation, noise suppression and gain control unless told otherwise. */
  constraints?: MediaTrackConstraints;
}

/**
 * The agent's microphone: asked for once, then one stream for all calls (opening it costs 150 ms a call, and Chromium
 * stops at 16). When the device goes away the next one is taken as soon as there is one.
 */
export class Microphone implements Readable<MicrophoneState> {
  readonly #devices: MicrophoneOptions['devices'];
  readonly #constraints: MediaTrackConstraints;
  readonly #store = new Store<MicrophoneState>({ state: 'off' });
  #opening: Promise<MediaStream> | null = null;
  #wanted = false;
  #closed = false;

  constructor({ devices, constraints }: MicrophoneOptions = {}) {
    this.#devices = devices ?? globalThis.navigator?.mediaDevices;
    this.#constraints = constraints ?? {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
    };
    this.#devices?.addEventListener('devicechange', this.#lookAgain);
  }

  readonly getSnapshot = () => this.#store.getSnapshot();
  readonly subscribe = (listener: () => void): Unsubscribe => this.#store.subscribe(listener);

  watch(watcher: (next: MicrophoneState, previous: MicrophoneState) => void): Unsubscribe {
    return this.#store.watch(watcher);
  }

  /** The stream, or null while there is none. */
  get stream(): MediaStream | null {
    const now = this.getSnapshot();
    return now.state === 'ready' ? now.stream : null;
  }

  /**
   * Asks the browser, unless it has said yes already.
   * @throws MicrophoneError
   */
  open(): Promise<MediaStream> {
    if (this.stream) return Promise.resolve(this.stream);
    this.#wanted = true;
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#devices?.removeEventListener('devicechange', this.#lookAgain);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.#store.set({ state: 'off' });
  }

  async #open(): Promise<MediaStream> {
    if (!this.#devices || this.#closed) throw this.#problem('unsupported');
    this.#store.set({ state: 'asking' });
    let stream: MediaStream;
    try {
      stream = await this.#devices.getUserMedia({ audio: this.#constraints });
    } catch (error) {
      throw this.#problem(microphoneProblem(error));
    }
    const [track] = stream.getAudioTracks();
    if (!track || this.#closed) {
      for (const each of stream.getTracks()) each.stop();
      throw this.#problem('absent');
    }
    track.addEventListener('ended', () => {
      if (this.stream !== stream || this.#closed) return;
      this.#problem('absent');
      this.#lookAgain();
    });
    this.#store.set({ state: 'ready', stream, label: track.label });
    return stream;
  }

  #problem(problem: MicrophoneProblem): MicrophoneError {
    const error = new MicrophoneError(problem);
    if (!this.#closed) this.#store.set({ state: 'problem', problem, message: error.message });
    return error;
  }

  readonly #lookAgain = (): void => {
    const now = this.getSnapshot();
    if (!this.#wanted || now.state !== 'problem' || now.problem === 'denied') return;
    void this.open().catch(() => undefined);
  };
}
