import { type Clock, systemClock } from '../clock';
import { messageOf } from '../message-of';
import { Store, type Unsubscribe } from '../store';
import { type CallEvent, type HangUpWhy, IDLE, isLive, isTalking, reduceCall } from './call-machine';
import type { LocalFailure, SipAnswer } from './outcome';
import { DialError, type DialRequest, type Phone, type PhoneSnapshot, type Registration } from './phone';

/** A telephone without a network, for unit tests: the test plays the switch and the other party. */
export class FakePhone implements Phone {
  readonly #clock: Clock;
  readonly #store = new Store<PhoneSnapshot>({ registration: { state: 'off' }, call: IDLE });
  #invited = false;
  /** Every INVITE that left, in order. */
  readonly invites: { callId: string; destination: string }[] = [];
  readonly digits: string[] = [];
  readonly sipCallId = 'fake-sip-call';
  remoteStream: MediaStream | null = null;
  microphone: MediaStream | null = null;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  readonly getSnapshot = () => this.#store.getSnapshot();
  readonly subscribe = (listener: () => void): Unsubscribe => this.#store.subscribe(listener);

  watch(watcher: (next: PhoneSnapshot, previous: PhoneSnapshot) => void): Unsubscribe {
    return this.#store.watch(watcher);
  }

  start(): void {
    this.setRegistration({ state: 'registered' });
  }

  prepare(): void {}

  setSpeaker(): void {}

  dial({ callId, destination, allow, microphone, ringTimeoutMs }: DialRequest): void {
    const { call, registration } = this.getSnapshot();
    if (isLive(call)) throw new DialError('call-in-progress', 'End the present call first.');
    if (registration.state !== 'registered') {
      throw new DialError('not-registered', 'The phone is not connected yet.');
    }
    this.#invited = false;
    this.microphone = microphone;
    this.#dispatch({ type: 'dial', callId, destination, at: this.#clock.now() });
    const still = () => {
      const present = this.getSnapshot().call;
      return isLive(present) && present.callId === callId;
    };
    allow().then(
      () => {
        if (!still()) return;
        this.#invited = true;
        this.invites.push({ callId, destination });
        this.#dispatch({ type: 'sent' });
        this.#clock.after(ringTimeoutMs, () => {
          if (still() && !isTalking(this.getSnapshot().call)) this.#hangUp('ring-timeout');
        });
      },
      (error: unknown) => {
        if (!still()) return;
        const detail = messageOf(error);
        this.#terminated({ by: 'local', failure: 'refused-by-server', detail });
      },
    );
  }

  hangUp(): void {
    this.#hangUp('agent');
  }

  setMuted(muted: boolean): void {
    this.#dispatch({ type: 'muted', muted });
  }

  setHeld(held: boolean): Promise<void> {
    this.#dispatch({ type: 'held', held });
    return Promise.resolve();
  }

  sendDtmf(digits: string): void {
    this.digits.push(digits);
  }

  replaceMicrophone(stream: MediaStream): Promise<void> {
    this.microphone = stream;
    return Promise.resolve();
  }

  close(): void {
    this.hangUp();
    this.setRegistration({ state: 'off' });
  }

  setRegistration(registration: Registration): void {
    this.#store.set({ ...this.getSnapshot(), registration });
  }

  /** The other side rings; only after the INVITE has left. */
  ring(earlyMedia = false): void {
    this.#assertInvited();
    this.#dispatch({ type: 'ringing', earlyMedia, at: this.#clock.now() });
  }

  answer(): void {
    this.#assertInvited();
    this.#dispatch({ type: 'answered', at: this.#clock.now() });
  }

  /** The page goes away, as on `pagehide`. */
  leavePage(): void {
    this.#hangUp('page-left');
  }

  /** The other side hangs up. */
  remoteBye(): void {
    this.#terminated({ by: 'remote' });
  }

  refuse(sip: SipAnswer): void {
    this.#assertInvited();
    this.#terminated({ by: 'remote', sip });
  }

  /** The phone or the way to its server breaks down. */
  fail(failure: LocalFailure): void {
    this.#terminated({ by: 'local', failure });
  }

  #assertInvited(): void {
    if (!this.#invited) throw new Error('No INVITE has left yet.');
  }

  #hangUp(why: HangUpWhy): void {
    this.#dispatch({ type: 'hang-up', why });
    this.#terminated({ by: 'local' });
  }

  #terminated(how: Omit<Extract<CallEvent, { type: 'terminated' }>, 'type' | 'at'>): void {
    this.#dispatch({ type: 'terminated', at: this.#clock.now(), ...how });
  }

  #dispatch(event: CallEvent): void {
    const snapshot = this.getSnapshot();
    const call = reduceCall(snapshot.call, event);
    if (call !== snapshot.call) this.#store.set({ ...snapshot, call });
  }
}
