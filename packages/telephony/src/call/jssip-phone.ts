import type { SoftphoneCredentials } from '@outdial/contracts';
import type { UA } from 'jssip';
import type { IncomingEvent, OutgoingEvent, RTCSession } from 'jssip/lib/RTCSession';
import { type CancelTimer, type Clock, systemClock } from '../clock';
import { markCall } from '../marks';
import { messageOf } from '../message-of';
import { Store, type Unsubscribe } from '../store';
import { type CallEvent, type HangUpWhy, IDLE, isLive, isTalking, reduceCall } from './call-machine';
import { type EndSays, endOf, hangUpSession, showClaim, sipTarget } from './jssip-session';
import { DialError, type DialRequest, type Phone, type PhoneSnapshot } from './phone';
import { OFFER } from './prepared-connection';
import { SipAccount } from './sip-account';
import { SpareConnection } from './spare-connection';

/** The next call's connection is made so long after an INVITE: the call that it began comes first. */
const SPARE_AFTER_MS = 600;
/** The server has so long to say whether a call may be made. */
const READY_TIMEOUT_MS = 15_000;
/** JsSIP may end a session without telling; so often it is asked. */
const WATCHDOG_MS = 2_000;
/** Between two digits (RFC 4733 leaves it open; most gateways merge digits closer than 50 ms). */
const DTMF_GAP_MS = 80;

export interface JssipPhoneOptions {
  getCredentials: () => Promise<SoftphoneCredentials>;
  /** Plays the other party; one is made when none is given. */
  audio?: HTMLAudioElement;
  clock?: Clock;
}

/** The telephone over SIP and WebRTC. Owns the registration, the call's session and the audio element. */
export class JssipPhone implements Phone {
  readonly #account: SipAccount;
  readonly #clock: Clock;
  readonly #audio: HTMLAudioElement;
  readonly #spare: SpareConnection;
  readonly #store = new Store<PhoneSnapshot>({ registration: { state: 'off' }, call: IDLE });
  readonly #page = new AbortController();
  #session: RTCSession | null = null;
  #timers: CancelTimer[] = [];
  #remoteStream: MediaStream | null = null;
  #sipCallId: string | null = null;
  #holds: Promise<void> = Promise.resolve();
  #releaseHold: (() => void) | null = null;

  constructor({ getCredentials, audio, clock = systemClock }: JssipPhoneOptions) {
    this.#clock = clock;
    this.#audio = audio ?? new Audio();
    this.#audio.autoplay = true;
    this.#account = new SipAccount({ getCredentials, clock });
    this.#spare = new SpareConnection(clock);
    this.#account.watch((registration, previous) => {
      this.#store.set({ ...this.#store.getSnapshot(), registration });
      if (registration.state === 'registered' && previous.state === 'unregistered') this.#repair();
    });
    window.addEventListener('pagehide', () => this.#hangUp('page-left'), { signal: this.#page.signal });
  }

  get getSnapshot() {
    return this.#store.getSnapshot;
  }

  get subscribe() {
    return this.#store.subscribe;
  }

  watch(watcher: (next: PhoneSnapshot, previous: PhoneSnapshot) => void): Unsubscribe {
    return this.#store.watch(watcher);
  }

  get remoteStream(): MediaStream | null {
    return this.#remoteStream;
  }

  get sipCallId(): string | null {
    return this.#sipCallId;
  }

  start(): void {
    this.#account.start();
  }

  dial(request: DialRequest): void {
    const { registration, call } = this.#store.getSnapshot();
    const ua = this.#account.ua;
    if (isLive(call)) throw new DialError('call-in-progress', 'End the present call first.');
    if (!ua || registration.state !== 'registered') {
      throw new DialError('not-registered', 'The phone is not connected yet.');
    }
    const target = sipTarget(request.destination, this.#account.domain);
    if (!target) throw new DialError('invalid-number', 'This is not a number the phone can dial.');

    const { callId, destination } = request;
    markCall('dial', callId);
    for (const track of request.microphone.getAudioTracks()) track.enabled = true;
    this.#sipCallId = null;
    this.#dispatch({ type: 'dial', callId, destination, at: this.#clock.now() });

    // Asked first: what follows holds the page's thread for milliseconds.
    const claimed = request.allow();
    const proceed = Promise.all([claimed, this.#account.freshen()]);
    let session: RTCSession;
    try {
      session = this.#place(ua, target, request.microphone, proceed);
    } catch (error) {
      const how = { by: 'local', failure: 'phone-error', detail: messageOf(error) } as const;
      this.#dispatch({ type: 'terminated', at: this.#clock.now(), ...how });
      return;
    }
    this.#session = session;
    this.#listen(session, request);
    showClaim(session, claimed);

    const refuse = (detail: string) => {
      if (this.#session === session) this.#end({ by: 'local', failure: 'refused-by-server', detail });
    };
    proceed.catch((error: unknown) => refuse(messageOf(error)));
    const late = this.#clock.after(READY_TIMEOUT_MS, () => refuse('The server did not answer in time.'));
    void proceed.then(late, late);
    this.#timers.push(late);
    this.#watchdog(session);
  }

  #place(ua: UA, target: string, microphone: MediaStream, proceed: Promise<unknown>): RTCSession {
    const allowed = new Promise<void>((resolve) => {
      proceed.then(
        () => resolve(),
        () => undefined,
      );
    });
    const prepared = this.#spare.take({ iceServers: this.#account.iceServers, microphone });
    prepared.connection.addEventListener('track', ({ track, streams }) => {
      const stream = streams[0] ?? new MediaStream([track]);
      // Firefox tells of the same one again after a hold.
      if (stream === this.#remoteStream) return;
      this.#remoteStream = stream;
      // WebAudio hears silence from a remote stream that no element plays.
      this.#audio.srcObject = stream;
      void this.#audio.play().catch(() => undefined);
    });
    const options = {
      mediaStream: microphone,
      mediaConstraints: { audio: true, video: false },
      rtcOfferConstraints: OFFER,
    };
    return prepared.giveTo(() => ua.call(target, options), allowed);
  }

  hangUp(): void {
    this.#hangUp('agent');
  }

  setMuted(muted: boolean): void {
    if (!this.#session || !isTalking(this.#store.getSnapshot().call)) return;
    if (muted) this.#session.mute({ audio: true });
    else this.#session.unmute({ audio: true });
    this.#dispatch({ type: 'muted', muted });
  }

  setHeld(held: boolean): Promise<void> {
    // One re-INVITE at a time (RFC 3261 §14.1).
    this.#holds = this.#holds.catch(() => undefined).then(() => this.#setHeld(held));
    return this.#holds;
  }

  sendDtmf(digits: string): void {
    if (!/^[0-9A-D*#]+$/i.test(digits)) return;
    const sender = this.#audioSender();
    if (!sender?.dtmf?.canInsertDTMF) return;
    // Straight to the sender: JsSIP's own call sends INFO by default and throws where this does nothing.
    sender.dtmf.insertDTMF(sender.dtmf.toneBuffer + digits, 100, DTMF_GAP_MS);
  }

  async replaceMicrophone(stream: MediaStream): Promise<void> {
    const [track] = stream.getAudioTracks();
    const { call } = this.#store.getSnapshot();
    if (!track || !isLive(call)) return;
    track.enabled = !(call.name === 'held' || (isTalking(call) && call.muted));
    await this.#audioSender()?.replaceTrack(track);
  }

  prepare(microphone: MediaStream): void {
    const { registration, call } = this.#store.getSnapshot();
    if (registration.state !== 'registered' || isLive(call)) return;
    this.#spare.make({ iceServers: this.#account.iceServers, microphone });
  }

  close(): void {
    this.#hangUp('agent');
    this.#page.abort();
    this.#spare.close();
    this.#account.close();
    this.#audio.srcObject = null;
  }

  #dispatch(event: CallEvent): void {
    const snapshot = this.#store.getSnapshot();
    const call = reduceCall(snapshot.call, event);
    if (call !== snapshot.call) this.#store.set({ ...snapshot, call });
  }

  #listen(session: RTCSession, { callId, ringTimeoutMs, microphone }: DialRequest): void {
    const mine = () => this.#session === session;
    session.on('sending', ({ request }) => {
      if (!mine()) return;
      markCall('invite-sent', callId);
      this.#sipCallId = request.call_id;
      const spare = () => this.#spare.make({ iceServers: this.#account.iceServers, microphone });
      this.#timers.push(
        this.#clock.after(ringTimeoutMs, () => this.#hangUpUnanswered()),
        this.#clock.after(SPARE_AFTER_MS, spare),
      );
    });
    session.on('progress', (event: IncomingEvent | OutgoingEvent) => {
      if (!mine()) return;
      const earlyMedia = 'response' in event && Boolean(event.response?.body);
      markCall('ringing', callId);
      this.#dispatch({ type: 'ringing', earlyMedia, at: this.#clock.now() });
    });
    session.on('confirmed', () => {
      if (!mine()) return;
      markCall('connected', callId);
      this.#dispatch({ type: 'answered', at: this.#clock.now() });
    });
    const over = (event: EndSays) => {
      if (!mine()) return;
      this.#account.noticeLoss();
      this.#end(endOf(event, this.#account.ua?.isConnected() ?? false));
    };
    session.on('ended', over);
    session.on('failed', over);
  }

  #hangUpUnanswered(): void {
    if (!isTalking(this.#store.getSnapshot().call)) this.#hangUp('ring-timeout');
  }

  #hangUp(why: HangUpWhy): void {
    if (!this.#session) return;
    this.#dispatch({ type: 'hang-up', why });
    this.#end({ by: 'local' });
  }

  /** The only way a call ends: state first, then the session, whatever it still has to say. */
  #end(how: Omit<Extract<CallEvent, { type: 'terminated' }>, 'type' | 'at'>): void {
    const session = this.#session;
    const { call } = this.#store.getSnapshot();
    if (!session || !isLive(call)) return;
    this.#session = null;
    for (const cancel of this.#timers.splice(0)) cancel();
    hangUpSession(session);
    this.#releaseHold?.();
    this.#remoteStream = null;
    this.#audio.srcObject = null;
    markCall('ended', call.callId);
    this.#dispatch({ type: 'terminated', at: this.#clock.now(), ...how });
  }

  #setHeld(held: boolean): Promise<void> {
    const session = this.#session;
    const { call } = this.#store.getSnapshot();
    if (!session || !isTalking(call) || (call.name === 'held') === held) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#releaseHold = resolve;
      const done = () => {
        if (this.#session === session) this.#dispatch({ type: 'held', held });
        resolve();
      };
      const sent = held ? session.hold({}, done) : session.unhold({}, done);
      if (!sent) reject(new Error('The call is being changed. Try again in a moment.'));
    });
  }

  #watchdog(session: RTCSession): void {
    const look = () => {
      if (this.#session !== session) return;
      if (session.isEnded()) this.#end({ by: 'local', failure: 'phone-error' });
      else this.#timers.push(this.#clock.after(WATCHDOG_MS, look));
    };
    this.#timers.push(this.#clock.after(WATCHDOG_MS, look));
  }

  /**
   * After a reconnect the switch knows this phone by a new socket, and the audio path may be another one: a re-INVITE
   * with an ICE restart refreshes both (RFC 3261 §12.2, RFC 8445 §2.4). A session timer's UPDATE would meet 481.
   */
  #repair(): void {
    if (!this.#session?.isEstablished()) return;
    this.#session.renegotiate({ rtcOfferConstraints: { iceRestart: true, offerToReceiveAudio: true } });
  }

  #audioSender(): RTCRtpSender | undefined {
    return this.#session?.connection.getSenders().find(({ track }) => track?.kind === 'audio');
  }
}
