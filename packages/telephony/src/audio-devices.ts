import { type Readable, Store, type Unsubscribe } from './store';

interface AudioDevice {
  id: string;
  label: string;
}

export interface AudioDevicesSnapshot {
  /** Empty until the browser was allowed the microphone: before, it names none. */
  microphones: readonly AudioDevice[];
  /** Empty where the browser lets nobody choose (Safari). */
  speakers: readonly AudioDevice[];
  /** What the agent chose; null for the system's own. A device that is unplugged stays chosen, and is taken again. */
  microphoneId: string | null;
  speakerId: string | null;
}

type Choice = Pick<AudioDevicesSnapshot, 'microphoneId' | 'speakerId'>;

export interface AudioDevicesOptions {
  devices?: Pick<MediaDevices, 'enumerateDevices' | 'addEventListener' | 'removeEventListener'> | undefined;
  storage?: Pick<Storage, 'getItem' | 'setItem'>;
  /** Uses them from now on, in a call too; also told when a chosen device is back. */
  apply: (choice: Choice) => void;
}

const KEY = 'outdial-audio-devices';

/** Which microphone and loudspeaker this browser's agent works with; remembered by the browser. */
export class AudioDevices implements Readable<AudioDevicesSnapshot> {
  readonly #devices: AudioDevicesOptions['devices'];
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly #apply: AudioDevicesOptions['apply'];
  readonly #store: Store<AudioDevicesSnapshot>;

  constructor({ devices, storage, apply }: AudioDevicesOptions) {
    this.#devices = devices ?? globalThis.navigator?.mediaDevices;
    this.#storage = storage ?? globalThis.localStorage;
    this.#apply = apply;
    this.#store = new Store<AudioDevicesSnapshot>({
      microphones: [],
      speakers: [],
      ...choiceOf(this.#storage.getItem(KEY)),
    });
    this.#devices?.addEventListener('devicechange', this.#changed);
    this.#changed();
  }

  readonly getSnapshot = () => this.#store.getSnapshot();
  readonly subscribe = (listener: () => void): Unsubscribe => this.#store.subscribe(listener);

  /** Reads the list anew; the browser names devices only once it was allowed one. */
  refresh = async (): Promise<void> => {
    const all = (await this.#devices?.enumerateDevices().catch(() => [])) ?? [];
    const of = (kind: MediaDeviceKind) =>
      all
        .filter((device) => device.kind === kind && device.deviceId && device.label)
        .map(({ deviceId, label }) => ({ id: deviceId, label }));
    this.#store.set({ ...this.getSnapshot(), microphones: of('audioinput'), speakers: of('audiooutput') });
  };

  choose(choice: Partial<Choice>): void {
    const { microphones, speakers, ...before } = this.getSnapshot();
    const now = { ...before, ...choice };
    this.#store.set({ microphones, speakers, ...now });
    this.#storage.setItem(KEY, JSON.stringify(now));
    this.#apply(now);
  }

  close(): void {
    this.#devices?.removeEventListener('devicechange', this.#changed);
  }

  readonly #changed = (): void => {
    const { microphoneId, speakerId } = this.getSnapshot();
    void this.refresh().then(() => this.#apply({ microphoneId, speakerId }));
  };
}

function choiceOf(stored: string | null): Choice {
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  try {
    const { microphoneId, speakerId } = JSON.parse(stored ?? '{}') as Record<string, unknown>;
    return { microphoneId: text(microphoneId), speakerId: text(speakerId) };
  } catch {
    return { microphoneId: null, speakerId: null };
  }
}

const TONE_HZ = 440;
const TONE_MS = 700;

/** Plays a short tone, so that an agent hears where calls will be heard. @param speakerId null for the system's own */
export async function playTestTone(speakerId: string | null): Promise<void> {
  const context = new AudioContext();
  const output = context.createMediaStreamDestination();
  const tone = new OscillatorNode(context, { frequency: TONE_HZ });
  const volume = new GainNode(context, { gain: 0.2 });
  tone.connect(volume).connect(output);
  const player = new Audio();
  player.srcObject = output.stream;
  try {
    if (speakerId) await player.setSinkId?.(speakerId);
    tone.start();
    await player.play();
    await new Promise((resolve) => setTimeout(resolve, TONE_MS));
  } finally {
    player.srcObject = null;
    await context.close();
  }
}
