import { type Clock, systemClock } from '../clock';
import { AudioWatch } from './audio-watch';
import { LevelMeter } from './level-meter';
import { StereoRecording } from './stereo-recording';

export interface RecordingStreams {
  /** Left channel. */
  agent: MediaStream;
  /** Right channel. */
  other: MediaStream;
}

export interface RecordingResult {
  mimeType: string;
  chunks: number;
  startedAt: number;
  durationMs: number;
}

/** Takes the recording piece by piece; the pieces one after another are the file. */
export type ChunkSink = (chunk: Blob) => void;

export interface Recording {
  readonly mimeType: string;
  /** Another microphone in mid-call. */
  replaceAgent(stream: MediaStream): void;
  /** Nothing that is said from now on is recorded. Resolves after the last chunk has gone to the sink; idempotent. */
  stop(): Promise<RecordingResult>;
}

/** Whether the recording holds what is said now; told when that changes. */
export type OnHeard = (isHeard: boolean) => void;

/** What a recorder is for the workstation; tests pass one without audio. */
export interface Recorder {
  /** Lets audio through; browsers want this in answer to a click or a key. */
  resume(): void;
  /** @throws Error when the browser cannot record */
  start(streams: RecordingStreams, sink: ChunkSink, onHeard: OnHeard): Recording;
  /** Loudness of a stream, 0 to 1; 0 until audio is let through. */
  level(stream: MediaStream): number;
  close(): void;
}

/** First of the formats we store that this browser can write: WebM everywhere but in older Safari. */
export function pickMimeType(isSupported: (mimeType: string) => boolean): string | null {
  const formats = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4;codecs=opus', 'audio/mp4'];
  return formats.find(isSupported) ?? null;
}

/** Records calls in stereo. One AudioContext serves all of them; each recording owns its nodes. */
export class CallRecorder implements Recorder {
  readonly #clock: Clock;
  #context: AudioContext | null = null;
  readonly #running = new Set<StereoRecording>();
  #meter: { stream: MediaStream; meter: LevelMeter } | null = null;
  #closed = false;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  resume(): void {
    if (this.#closed) return;
    this.#context ??= new AudioContext({ latencyHint: 'playback' });
    if (this.#context.state !== 'running') void this.#context.resume().catch(() => undefined);
  }

  start(streams: RecordingStreams, sink: ChunkSink, onHeard: OnHeard): Recording {
    const mimeType = pickMimeType((format) => MediaRecorder.isTypeSupported(format));
    if (!mimeType) throw new Error('This browser cannot record calls.');
    this.resume();
    const context = this.#context;
    if (!context) throw new Error('The recorder is closed.');
    const watch = new AudioWatch(context, this.#clock, onHeard);
    const recording = new StereoRecording({
      context,
      streams,
      mimeType,
      clock: this.#clock,
      sink,
      onError: () => onHeard(false),
      onEnd: (ended) => {
        watch.close();
        this.#running.delete(ended);
      },
    });
    this.#running.add(recording);
    return recording;
  }

  level(stream: MediaStream): number {
    if (this.#context?.state !== 'running') return 0;
    if (this.#meter?.stream !== stream) {
      this.#meter?.meter.close();
      this.#meter = { stream, meter: new LevelMeter(this.#context, stream) };
    }
    return this.#meter.meter.read();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#meter?.meter.close();
    const context = this.#context;
    void Promise.all([...this.#running].map((recording) => recording.stop())).then(() => context?.close());
  }
}
