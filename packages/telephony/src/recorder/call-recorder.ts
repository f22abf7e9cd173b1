import { type Clock, systemClock } from '../clock';
import { LevelMeter } from './level-meter';

/** Small enough to lose little in a crash; much smaller ones crash tabs on long calls. */
const TIMESLICE_MS = 1_000;
/** A recording is finished so much after its end: that holds the page's thread, just when the next call is dialed. */
const FINISH_AFTER_MS = 250;
/** A browser that lets no audio through by then (no sound device, no click yet) records silence. */
const AUDIO_BY_MS = 3_000;
/** Opus stereo speech. */
const BITS_PER_SECOND = 64_000;

export interface RecordingStreams {
  /** Left channel. */
  agent: MediaStream;
  /** Right channel. */
  other: MediaStream;
}

interface RecordingResult {
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

/** The recording holds nothing of what is said now. */
export type OnRecordingFailure = () => void;

/** What a recorder is for the workstation; tests pass one without audio. */
export interface Recorder {
  /** Lets audio through; browsers want this in answer to a click or a key. */
  resume(): void;
  /** @throws Error when the browser cannot record */
  start(streams: RecordingStreams, sink: ChunkSink, onFailure: OnRecordingFailure): Recording;
  /** Loudness of a stream, 0 to 1; 0 until audio is let through. */
  level(stream: MediaStream): number;
  close(): void;
}

/** First of the formats we store that this browser can write: WebM everywhere but in older Safari. */
export function pickMimeType(isSupported: (mimeType: string) => boolean): string | null {
  const formats = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4;codecs=opus', 'audio/mp4'];
  return formats.find(isSupported) ?? null;
}

/**
 * Records calls in stereo: agent left, other party right.
 *
 * ```
 * microphone ── source ─→ 0 ┐
 *                           merger ─→ destination ─→ MediaRecorder ─→ chunks
 * other party ─ source ─→ 1 ┘
 *     silence ───────→ 0, 1
 * ```
 * The silence is for Firefox, which takes a recording for mono that begins with nothing on either side.
 * A muted or held microphone is a disabled track, and a disabled track is silence in its channel. One AudioContext
 * serves all calls; each recording owns its nodes and disconnects them.
 */
export class CallRecorder implements Recorder {
  readonly #clock: Clock;
  #context: AudioContext | null = null;
  readonly #running = new Set<Recording>();
  #meter: { stream: MediaStream; meter: LevelMeter } | null = null;
  #closed = false;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  resume(): void {
    if (this.#closed) return;
    this.#context ??= new AudioContext({ latencyHint: 'playback' });
    if (this.#context.state === 'suspended') void this.#context.resume().catch(() => undefined);
  }

  start({ agent, other }: RecordingStreams, sink: ChunkSink, onFailure: OnRecordingFailure): Recording {
    const mimeType = pickMimeType((format) => MediaRecorder.isTypeSupported(format));
    if (!mimeType) throw new Error('This browser cannot record calls.');
    this.resume();
    const context = this.#context;
    if (!context) throw new Error('The recorder is closed.');

    const merger = context.createChannelMerger(2);
    const destination = context.createMediaStreamDestination();
    destination.channelCount = 2;
    merger.connect(destination);
    let left = monoSource(context, agent, merger, 0);
    const right = monoSource(context, other, merger, 1);
    const silence = silentSource(context, merger);

    const recorder = new MediaRecorder(destination.stream, { mimeType, audioBitsPerSecond: BITS_PER_SECOND });
    const startedAt = this.#clock.now();
    let chunks = 0;
    recorder.addEventListener('dataavailable', ({ data }) => {
      if (data.size === 0) return;
      chunks += 1;
      sink(data);
    });
    const stopped = new Promise<RecordingResult>((resolve) => {
      const finish = () => {
        for (const node of [left, right, silence, merger]) node.disconnect();
        for (const track of destination.stream.getTracks()) track.stop();
        this.#running.delete(recording);
        const durationMs = Math.max(0, (endedAt ?? this.#clock.now()) - startedAt);
        resolve({ mimeType, chunks, startedAt, durationMs });
      };
      recorder.addEventListener('stop', finish, { once: true });
    });
    let endedAt: number | null = null;
    const recording: Recording = {
      mimeType,
      replaceAgent: (stream) => {
        if (recorder.state === 'inactive') return;
        left.disconnect();
        left = monoSource(context, stream, merger, 0);
      },
      stop: () => {
        if (recorder.state === 'recording') {
          endedAt = this.#clock.now();
          recorder.pause();
          this.#clock.after(FINISH_AFTER_MS, () => {
            if (recorder.state !== 'inactive') recorder.stop();
          });
        }
        return stopped;
      },
    };
    recorder.addEventListener('error', () => {
      onFailure();
      void recording.stop();
    });
    this.#running.add(recording);
    recorder.start(TIMESLICE_MS);
    this.#clock.after(AUDIO_BY_MS, () => {
      if (recorder.state === 'recording' && context.state !== 'running') onFailure();
    });
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

/** Silence on both channels. */
function silentSource(context: AudioContext, merger: AudioNode): { disconnect(): void } {
  const silence = new ConstantSourceNode(context, { offset: 0 });
  for (const channel of [0, 1]) silence.connect(merger, 0, channel);
  silence.start();
  return {
    disconnect: () => {
      silence.stop();
      silence.disconnect();
    },
  };
}

/** A source mixed down to one channel, so that a stereo headset does not spill into the other side. */
function monoSource(
  context: AudioContext,
  stream: MediaStream,
  merger: AudioNode,
  channel: 0 | 1,
): { disconnect(): void } {
  const source = context.createMediaStreamSource(stream);
  const mono = context.createGain();
  mono.channelCount = 1;
  mono.channelCountMode = 'explicit';
  source.connect(mono);
  mono.connect(merger, 0, channel);
  return {
    disconnect: () => {
      source.disconnect();
      mono.disconnect();
    },
  };
}
