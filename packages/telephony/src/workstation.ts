import { v7 as uuid } from 'uuid';
import type { AudioDevices } from './audio-devices';
import type { CallState } from './call/call-machine';
import { isLive, isTalking } from './call/call-machine';
import type { Microphone, MicrophoneState } from './call/microphone';
import type { Phone, PhoneSnapshot, Registration } from './call/phone';
import { DialError, type DialRequest, registrationMessage } from './call/phone';
import { CallFiler, type CallProgress, type RecordingState } from './call-filer';
import { type Clock, systemClock } from './clock';
import { askUntilKnown } from './dialer/claim';
import { Dialer } from './dialer/dialer';
import type { DialerLine, LineEvent, Obstacle } from './dialer/dialer-line';
import type { QueueGateway } from './dialer/queue-gateway';
import type { Outbox } from './outbox/outbox';
import type { OutboxSnapshot } from './outbox/outbox-snapshot';
import type { Recorder } from './recorder/call-recorder';
import { type Readable, Store, type Unsubscribe } from './store';

const RING_TIMEOUT_MS = 30_000;
/** So long the server is asked for a call; the phone waits a little longer. */
const CLAIM_MS = 14_000;

/** The calls of this agent on the server. */
export interface CallsGateway {
  /**
   * Makes the row of a call dialed by hand; repeating it with the same id changes nothing.
   * @returns the claim that the switch asks for
   */
  create(call: { callId: string; destination: string }): Promise<string | null>;
  progress(progress: CallProgress): Promise<void>;
  /** Tells that a call goes on, every 15 s; sooner again when it rejects. */
  heartbeat(callId: string): Promise<void>;
}

export interface WorkstationSnapshot {
  registration: Registration;
  call: CallState;
  microphone: MicrophoneState;
  outbox: OutboxSnapshot;
  recording: RecordingState;
}

export interface WorkstationParts {
  phone: Phone;
  microphone: Microphone;
  audioDevices?: AudioDevices;
  recorder: Recorder;
  outbox: Outbox;
  calls: CallsGateway;
  queue: QueueGateway;
  /** Names this tab to the server, the same across its reloads. */
  sessionId: string;
  clock?: Clock;
  page?: EventTarget;
  newCallId?: () => string;
}

interface Placing {
  callId: string;
  destination: string;
  leadId?: string;
  allow: () => Promise<string | null>;
}

/**
 * Everything one signed-in agent works with: phone, microphone, recorder, outbox and dialer. All calls, by hand or by
 * the dialer, go through here, so each has a row before its INVITE, a recording and a report.
 */
export class Workstation implements Readable<WorkstationSnapshot> {
  readonly dialer: Dialer;
  /** For the agent to choose from; null where there is no browser. */
  readonly audioDevices: AudioDevices | null;
  readonly #phone: Phone;
  readonly #microphone: Microphone;
  readonly #recorder: Recorder;
  readonly #outbox: Outbox;
  readonly #calls: CallsGateway;
  readonly #clock: Clock;
  readonly #newCallId: () => string;
  readonly #filer: CallFiler;
  readonly #store: Store<WorkstationSnapshot>;
  readonly #lineListeners = new Set<(event: LineEvent) => void>();
  readonly #subscriptions: Unsubscribe[];
  #ringTimeoutMs = RING_TIMEOUT_MS;
  #closed = false;

  constructor(parts: WorkstationParts) {
    const { phone, microphone, recorder, outbox, calls, queue, sessionId, clock = systemClock } = parts;
    this.#phone = phone;
    this.#microphone = microphone;
    this.#recorder = recorder;
    this.#outbox = outbox;
    this.#calls = calls;
    this.audioDevices = parts.audioDevices ?? null;
    this.#clock = clock;
    this.#newCallId = parts.newCallId ?? uuid;
    this.#filer = new CallFiler({
      outbox,
      recorder,
      clock,
      onProgress: (progress) => calls.progress(progress),
      onHeartbeat: (callId) => calls.heartbeat(callId),
      sipCallId: () => phone.sipCallId,
      streams: () => {
        const { stream: agent } = microphone;
        const { remoteStream: other } = phone;
        return agent && other ? { agent, other } : null;
      },
    });
    this.#store = new Store(this.#read());
    const refresh = () => this.#store.set(this.#read());
    this.#subscriptions = [
      phone.watch((next, previous) => this.#onPhone(next, previous)),
      microphone.watch((next, previous) => this.#onMicrophone(next, previous)),
      ...[phone, microphone, outbox, this.#filer.recording].map((part) => part.subscribe(refresh)),
    ];
    this.dialer = new Dialer({
      line: this.#line(),
      queue,
      sessionId,
      clock,
      page: parts.page,
      newCallId: this.#newCallId,
    });
  }

  readonly getSnapshot = () => this.#store.getSnapshot();
  readonly subscribe = (listener: () => void): Unsubscribe => this.#store.subscribe(listener);

  /** Registers the phone and sends what waits; asks for nothing. */
  start(): void {
    this.#outbox.start();
    this.#phone.start();
  }

  /**
   * Asks for the microphone and lets audio through; to be called in answer to a click or a key.
   * @throws MicrophoneError
   */
  async prepare(): Promise<void> {
    this.#recorder.resume();
    this.#phone.prepare(await this.#microphone.open());
  }

  /** The agent is about to dial: what the call needs is got ready, as far as nobody has to be asked for it. */
  expectDial = (): void => {
    const { stream } = this.#microphone;
    if (stream) this.#phone.prepare(stream);
  };

  /**
   * Dials by hand.
   * @throws DialError, MicrophoneError
   * @returns the call's id
   */
  async dial(destination: string): Promise<string> {
    await this.prepare();
    const callId = this.#newCallId();
    this.#place({ callId, destination, allow: () => this.#calls.create({ callId, destination }) });
    return callId;
  }

  hangUp = (): void => this.#phone.hangUp();
  setMuted = (muted: boolean): void => this.#phone.setMuted(muted);
  setHeld = (held: boolean): Promise<void> => this.#phone.setHeld(held);
  sendDtmf = (digits: string): void => this.#phone.sendDtmf(digits);
  retryUploads = (): Promise<void> => this.#outbox.retryFailed();
  discardUpload = (callId: string): Promise<void> => this.#outbox.discard(callId);

  /** How loud the agent is now, 0 to 1; for a meter that asks once a frame. */
  microphoneLevel = (): number => {
    const { stream } = this.#microphone;
    return stream ? this.#recorder.level(stream) : 0;
  };

  /** From the next call on. */
  setRingTimeout(ms: number): void {
    this.#ringTimeoutMs = ms;
  }

  /** Ends the call, keeps its file, lets go of everything. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.dialer.close();
    this.#phone.close();
    this.audioDevices?.close();
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    void this.#filer.settled().finally(() => {
      this.#outbox.close();
      this.#recorder.close();
      this.#microphone.close();
    });
  }

  #place({ callId, destination, leadId, allow }: Placing): void {
    const microphone = this.#microphone.stream;
    const { call, registration } = this.#phone.getSnapshot();
    if (isLive(call)) throw new DialError('call-in-progress', 'End the present call first.');
    if (registration.state !== 'registered') {
      throw new DialError('not-registered', registrationMessage(registration));
    }
    if (!microphone) throw new DialError('no-microphone', 'The microphone is not ready.');
    // Asked only once the phone has taken the call: a row without a call would have to be cleaned up.
    let ask = () => {};
    const ready = new Promise<string | null>((resolve, reject) => {
      ask = () => void askUntilKnown(allow, this.#clock, CLAIM_MS).then(resolve, reject);
    });
    this.#filer.open({ callId, destination, leadId, ready });
    const dial: DialRequest = {
      callId,
      destination,
      microphone,
      ringTimeoutMs: this.#ringTimeoutMs,
      allow: () => {
        ask();
        return ready;
      },
    };
    try {
      this.#phone.dial(dial);
    } catch (error) {
      this.#filer.drop(callId);
      throw error;
    }
  }

  #line(): DialerLine {
    return {
      prepare: () => this.prepare(),
      obstacle: () => this.#obstacle(),
      place: (call) => this.#place(call),
      hangUp: () => this.#phone.hangUp(),
      onEvent: (listener) => {
        this.#lineListeners.add(listener);
        return () => this.#lineListeners.delete(listener);
      },
    };
  }

  #obstacle(): Obstacle | null {
    const { registration } = this.#phone.getSnapshot();
    if (registration.state !== 'registered') {
      return { reason: 'registration-lost', message: registrationMessage(registration) };
    }
    if (this.#microphone.stream) return null;
    const state = this.#microphone.getSnapshot();
    return {
      reason: 'microphone',
      message: state.state === 'problem' ? state.message : 'The microphone is not ready.',
    };
  }

  #onPhone(next: PhoneSnapshot, previous: PhoneSnapshot): void {
    const { call, registration } = next;
    if (registration !== previous.registration && previous.registration.state === 'registered') {
      const message = registrationMessage(registration);
      this.#tellLine({ type: 'obstacle', reason: 'registration-lost', message });
    }
    if (call === previous.call) return;
    this.#filer.follow(call, previous.call);
    if (isTalking(call) && !isTalking(previous.call)) {
      this.#tellLine({ type: 'connected', callId: call.callId });
    }
    if (call.name === 'ended') {
      // A page that is going away must not claim the next lead.
      if (isLive(previous.call) && previous.call.hangUp === 'page-left') {
        this.#tellLine({ type: 'obstacle', reason: 'agent', message: 'The page was left during a call.' });
      }
      this.#tellLine({ type: 'ended', callId: call.outcome.callId, outcome: call.outcome });
    }
  }

  #onMicrophone(next: MicrophoneState, previous: MicrophoneState): void {
    if (next.state === 'problem' && previous.state === 'ready') {
      this.#tellLine({ type: 'obstacle', reason: 'microphone', message: next.message });
    }
    if (next.state === 'ready' && isLive(this.#phone.getSnapshot().call)) {
      void this.#phone.replaceMicrophone(next.stream);
      this.#filer.replaceAgent(next.stream);
    }
  }

  #tellLine(event: LineEvent): void {
    for (const listener of [...this.#lineListeners]) listener(event);
  }

  #read(): WorkstationSnapshot {
    const { registration, call } = this.#phone.getSnapshot();
    return {
      registration,
      call,
      microphone: this.#microphone.getSnapshot(),
      outbox: this.#outbox.getSnapshot(),
      recording: this.#filer.recording.getSnapshot(),
    };
  }
}
