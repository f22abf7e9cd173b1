import type { CallOutcome, CallState } from './call/call-machine';
import { isLive, isTalking } from './call/call-machine';
import { type CancelTimer, type Clock, toInstant } from './clock';
import { httpStatus } from './outbox/delivery';
import type { Outbox } from './outbox/outbox';
import type { UnsentReport } from './outbox/outbox-storage';
import type { Recorder, Recording, RecordingStreams } from './recorder/call-recorder';
import { type Readable, Store } from './store';

/** So often the server hears that a call goes on; it closes one that it has not heard of for 90 s. */
const HEARTBEAT_MS = 15_000;
/** So soon it is told again when nobody took it: the connection comes back to another process within seconds. */
const HEARTBEAT_AGAIN_MS = 5_000;
/** A call that is answered sooner is told as answered only: the server has the INVITE to carry just then. */
const RINGING_MS = 500;
const MAX_DURATION_MS = 86_400_000;
const MAX_CAUSE_LENGTH = 200;

export type RecordingState = 'off' | 'on' | 'failed';

/** News of a call in progress, for whoever watches the floor. Best effort: the report tells all of it again. */
export interface CallProgress {
  callId: string;
  phase: 'ringing' | 'answered';
}

export interface CallFilerOptions {
  outbox: Outbox;
  recorder: Recorder;
  clock: Clock;
  onProgress: (progress: CallProgress) => Promise<void>;
  onHeartbeat: (callId: string) => Promise<void>;
  /** Both sides of the present conversation; null when one is missing. */
  streams: () => RecordingStreams | null;
  sipCallId: () => string | null;
}

export interface PlacedCall {
  callId: string;
  destination: string;
  leadId: string | undefined;
  /** The server's word that it has made the call row. */
  ready: Promise<unknown>;
}

interface OpenFile extends PlacedCall {
  recording: Recording | null;
  /** The server said no: there is no such call. */
  refused: boolean;
}

/**
 * Keeps the file of every call: begun before the INVITE, recorded while connected, handed to the outbox at the end.
 * Never in the way of the next call.
 */
export class CallFiler {
  readonly #options: CallFilerOptions;
  readonly #recordingState = new Store<RecordingState>('off');
  readonly #closing = new Set<Promise<void>>();
  #file: OpenFile | null = null;
  #heartbeat: CancelTimer | null = null;
  #ringing: CancelTimer | null = null;

  constructor(options: CallFilerOptions) {
    this.#options = options;
  }

  get recording(): Readable<RecordingState> {
    return this.#recordingState;
  }

  /** Call before the phone dials, so that a refusal is known here first. */
  open(call: PlacedCall): void {
    const { outbox, clock } = this.#options;
    const file: OpenFile = { ...call, recording: null, refused: false };
    this.#file = file;
    call.ready.catch((error: unknown) => {
      const status = httpStatus(error);
      file.refused = status !== null && status >= 400 && status < 500;
    });
    outbox.begin({
      callId: call.callId,
      direction: 'outbound',
      destination: call.destination,
      ...(call.leadId !== undefined && { leadId: call.leadId }),
      startedAt: toInstant(clock.now()),
    });
  }

  /** The phone did not take the call after all. */
  drop(callId: string): void {
    if (this.#file?.callId === callId) this.#file = null;
    void this.#options.outbox.discard(callId);
  }

  follow(next: CallState, previous: CallState): void {
    const file = this.#file;
    if (!file || next === previous) return;
    const { outbox } = this.#options;
    if (isLive(next) && next.callId === file.callId) {
      if (next.name === 'ringing' && previous.name === 'dialing') {
        outbox.update(file.callId, { ringingAt: toInstant(next.ringingAt), ...this.#sipCallId() });
        this.#ringing = this.#options.clock.after(RINGING_MS, () => this.#tell('ringing'));
      }
      if (isTalking(next) && !isTalking(previous)) {
        outbox.update(file.callId, { answeredAt: toInstant(next.answeredAt), ...this.#sipCallId() });
        this.#record(file);
        this.#ringing?.();
        this.#tell('answered');
      }
      if (previous.name !== 'dialing' && next.name === 'dialing') this.#beat(file);
    }
    if (next.name === 'ended' && next.outcome.callId === file.callId) this.#close(file, next.outcome);
  }

  /** Another microphone in mid-call. */
  replaceAgent(stream: MediaStream): void {
    this.#file?.recording?.replaceAgent(stream);
  }

  /** Resolves when every ended call is with the outbox. */
  async settled(): Promise<void> {
    await Promise.all(this.#closing);
  }

  #record(file: OpenFile): void {
    const { recorder, outbox, streams } = this.#options;
    try {
      const both = streams();
      if (!both) throw new Error('There is no audio to record.');
      file.recording = recorder.start(
        both,
        (chunk) => outbox.appendChunk(file.callId, chunk),
        (isHeard) => this.#heard(file, isHeard),
      );
      this.#recordingState.set('on');
    } catch {
      this.#heard(file, false);
    }
  }

  /** The conversation matters more; that it is not recorded is shown. */
  #heard(file: OpenFile, isHeard: boolean): void {
    if (this.#file === file) this.#recordingState.set(isHeard ? 'on' : 'failed');
  }

  #close(file: OpenFile, outcome: CallOutcome): void {
    const { outbox } = this.#options;
    this.#file = null;
    this.#heartbeat?.();
    this.#ringing?.();
    this.#recordingState.set('off');
    outbox.ended(reportOf(outcome, file.leadId, this.#options.sipCallId()));
    const closing = (async () => {
      await file.recording?.stop();
      // The row comes before its report, also when the agent hung up while the server was being asked.
      await file.ready.catch(() => undefined);
      if (file.refused) await outbox.discard(file.callId);
      else await outbox.complete(file.callId);
    })();
    this.#closing.add(closing);
    void closing.finally(() => this.#closing.delete(closing));
  }

  #beat(file: OpenFile, afterMs = HEARTBEAT_MS): void {
    const { clock, onHeartbeat } = this.#options;
    this.#heartbeat = clock.after(afterMs, async () => {
      const isTaken = await onHeartbeat(file.callId).then(
        () => true,
        () => false,
      );
      if (this.#file === file) this.#beat(file, isTaken ? HEARTBEAT_MS : HEARTBEAT_AGAIN_MS);
    });
  }

  #tell(phase: CallProgress['phase']): void {
    if (this.#file) this.#options.onProgress({ callId: this.#file.callId, phase }).catch(() => undefined);
  }

  #sipCallId(): { sipCallId?: string } {
    const sipCallId = this.#options.sipCallId();
    return sipCallId === null ? {} : { sipCallId };
  }
}

/** The outcome as the server wants it. */
function reportOf(outcome: CallOutcome, leadId: string | undefined, sipCallId: string | null): UnsentReport {
  const { callId, destination, status, reached, fault, sipCode, cause, hangupBy, ringingAt, answeredAt } =
    outcome;
  const bounded = (ms: number) => Math.min(MAX_DURATION_MS, ms);
  return {
    callId,
    direction: 'outbound',
    destination,
    status,
    reached,
    fault,
    hangupBy,
    startedAt: toInstant(outcome.startedAt),
    endedAt: toInstant(outcome.endedAt),
    ringMs: bounded(outcome.ringMs),
    talkMs: bounded(outcome.talkMs),
    durationMs: bounded(outcome.durationMs),
    ...(leadId !== undefined && { leadId }),
    ...(sipCallId !== null && { sipCallId }),
    ...(sipCode !== null && { sipCode }),
    ...(cause !== null && { cause: cause.slice(0, MAX_CAUSE_LENGTH) }),
    ...(ringingAt !== null && { ringingAt: toInstant(ringingAt) }),
    ...(answeredAt !== null && { answeredAt: toInstant(answeredAt) }),
  };
}
