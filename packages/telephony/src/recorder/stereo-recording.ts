import type { Clock } from '../clock';
import type { ChunkSink, Recording, RecordingResult, RecordingStreams } from './call-recorder';

/** Small enough to lose little in a crash; much smaller ones crash tabs on long calls. */
const TIMESLICE_MS = 1_000;
/** A recording is finished so much after its end: that holds the page's thread, just when the next call is dialed. */
const FINISH_AFTER_MS = 250;
/** A recorder that has not finished by then never will; what it gave is what there is. */
const FINISHED_BY_MS = 5_000;
/** Opus stereo speech. */
const BITS_PER_SECOND = 64_000;

interface Source {
  disconnect(): void;
}

export interface StereoRecordingOptions {
  context: AudioContext;
  streams: RecordingStreams;
  mimeType: string;
  clock: Clock;
  sink: ChunkSink;
  /** The browser's recorder broke; the recording ends. */
  onError: () => void;
  onEnd: (recording: StereoRecording) => void;
}

/**
 * One recording: agent left, other party right.
 *
 * ```
 * microphone ── source ─→ 0 ┐
 *                           merger ─→ destination ─→ MediaRecorder ─→ chunks
 * other party ─ source ─→ 1 ┘
 *     silence ───────→ 0, 1
 * ```
 * The silence is for Firefox, which takes a recording for mono that begins with nothing on either side. A muted or held
 * microphone is a disabled track, and a disabled track is silence in its channel: a recorder that paused on hold would
 * leave no trace of how long it was.
 */
export class StereoRecording implements Recording {
  readonly mimeType: string;
  readonly #options: StereoRecordingOptions;
  readonly #recorder: MediaRecorder;
  readonly #merger: ChannelMergerNode;
  readonly #destination: MediaStreamAudioDestinationNode;
  readonly #steady: readonly Source[];
  readonly #stopped: Promise<RecordingResult>;
  readonly #startedAt: number;
  #agent: Source;
  #chunks = 0;
  #endedAt: number | null = null;
  #finish: () => void = () => {};

  constructor(options: StereoRecordingOptions) {
    const { context, streams, mimeType, clock, onError } = options;
    this.#options = options;
    this.mimeType = mimeType;
    this.#merger = context.createChannelMerger(2);
    this.#destination = context.createMediaStreamDestination();
    this.#destination.channelCount = 2;
    this.#merger.connect(this.#destination);
    this.#agent = monoSource(context, streams.agent, this.#merger, 0);
    this.#steady = [monoSource(context, streams.other, this.#merger, 1), silentSource(context, this.#merger)];
    this.#recorder = new MediaRecorder(this.#destination.stream, {
      mimeType,
      audioBitsPerSecond: BITS_PER_SECOND,
    });
    this.#startedAt = clock.now();
    this.#stopped = new Promise((resolve) => {
      this.#finish = () => resolve(this.#end());
    });
    this.#recorder.addEventListener('dataavailable', ({ data }) => this.#take(data));
    this.#recorder.addEventListener('stop', () => this.#finish(), { once: true });
    this.#recorder.addEventListener('error', () => {
      onError();
      void this.stop();
    });
    this.#recorder.start(TIMESLICE_MS);
  }

  replaceAgent(stream: MediaStream): void {
    if (this.#endedAt !== null) return;
    this.#agent.disconnect();
    this.#agent = monoSource(this.#options.context, stream, this.#merger, 0);
  }

  stop(): Promise<RecordingResult> {
    if (this.#endedAt !== null) return this.#stopped;
    const { clock } = this.#options;
    this.#endedAt = clock.now();
    if (this.#recorder.state === 'recording') this.#recorder.pause();
    clock.after(FINISH_AFTER_MS, () => {
      if (this.#recorder.state !== 'inactive') this.#recorder.stop();
    });
    clock.after(FINISHED_BY_MS, () => this.#finish());
    return this.#stopped;
  }

  #take(data: Blob): void {
    if (data.size === 0) return;
    this.#chunks += 1;
    this.#options.sink(data);
  }

  #end(): RecordingResult {
    for (const source of [this.#agent, ...this.#steady]) source.disconnect();
    this.#merger.disconnect();
    for (const track of this.#destination.stream.getTracks()) track.stop();
    this.#options.onEnd(this);
    const endedAt = this.#endedAt ?? this.#options.clock.now();
    const durationMs = Math.max(0, endedAt - this.#startedAt);
    return { mimeType: this.mimeType, chunks: this.#chunks, startedAt: this.#startedAt, durationMs };
  }
}

/** Silence on both channels. */
function silentSource(context: AudioContext, merger: AudioNode): Source {
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
function monoSource(context: AudioContext, stream: MediaStream, merger: AudioNode, channel: 0 | 1): Source {
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
