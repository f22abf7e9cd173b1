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
 * stops at 16). When the device goes away the next one is taken as soon as there is one, and the preferred one again when
 * that is back.
 */
export class Microphone implements Readable<MicrophoneState> {
  readonly #devices: MicrophoneOptions['devices'];
  readonly #constraints: MediaTrackConstraints;
  readonly #store = new Store<MicrophoneState>({ state: 'off' });
  #opening: Promise<MediaStream> | null = null;
  #wanted = false;
  #preferred: string | null = null;
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

  /**
   * The device to take where it is there; another one is let go of once this one is open.
   * @param deviceId null for the system's own
   */
  prefer(deviceId: string | null): void {
    this.#preferred = deviceId;
    const present = this.stream?.getAudioTracks()[0]?.getSettings?.().deviceId;
    if (!this.stream || !deviceId || present === deviceId) return;
    void this.#switch(this.stream);
  }

  async #switch(from: MediaStream): Promise<void> {
    const audio = this.#audio();
    const exact = { ...audio, deviceId: { exact: this.#preferred ?? 'default' } };
    // Not there, or held by another program: the present one goes on.
    const stream = await this.#devices?.getUserMedia({ audio: exact }).catch(() => null);
    if (!stream) return;
    const isLate = this.#closed || this.stream !== from;
    for (const track of (isLate ? stream : from).getTracks()) track.stop();
    if (!isLate) this.#take(stream);
  }

  #audio(): MediaTrackConstraints {
    return { ...this.#constraints, ...(this.#preferred && { deviceId: { ideal: this.#preferred } }) };
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
      stream = await this.#devices.getUserMedia({ audio: this.#audio() });
    } catch (error) {
      throw this.#problem(microphoneProblem(error));
    }
    const [track] = stream.getAudioTracks();
    if (!track || this.#closed) {
      for (const each of stream.getTracks()) each.stop();
      throw this.#problem('absent');
    }
    this.#take(stream);
    return stream;
  }

  #take(stream: MediaStream): void {
    const [track] = stream.getAudioTracks();
    track?.addEventListener('ended', () => {
      if (this.stream !== stream || this.#closed) return;
      this.#problem('absent');
      this.#lookAgain();
    });
    this.#store.set({ state: 'ready', stream, label: track?.label ?? '' });
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
