import type { SoftphoneCredentials } from '@outdial/contracts';
import type { UA } from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession';
import { type Clock, systemClock } from '../clock';
import { markCall } from '../marks';
import { messageOf } from '../message-of';
import { Store, type Unsubscribe } from '../store';
import { type CallEvent, IDLE, isLive, reduceCall } from './call-machine';
import { type CallSite, JssipCall } from './jssip-call';
import { forget, sayBye } from './jssip-internals';
import { showClaim, sipTarget } from './jssip-session';
import { DialError, type DialRequest, type Phone, type PhoneSnapshot } from './phone';
import { OFFER } from './prepared-connection';
import { SipAccount } from './sip-account';
import { SpareConnection } from './spare-connection';

/** The next call's connection is made so long after an INVITE: the call that it began comes first. */
const SPARE_AFTER_MS = 600;
/** So long a BYE is tried again; whoever holds the call has given it up by then. */
const BYE_LIFE_MS = 120_000;

export interface JssipPhoneOptions {
  getCredentials: () => Promise<SoftphoneCredentials>;
  /** Plays the other party; one is made when none is given. */
  audio?: HTMLAudioElement;
  clock?: Clock;
}

/** The telephone over SIP and WebRTC. Owns the registration, the present call and the audio element. */
export class JssipPhone implements Phone {
  readonly #account: SipAccount;
  readonly #clock: Clock;
  readonly #audio: HTMLAudioElement;
  readonly #spare: SpareConnection;
  readonly #store = new Store<PhoneSnapshot>({ registration: { state: 'off' }, call: IDLE });
  readonly #page = new AbortController();
  readonly #unheardByes = new Set<RTCSession>();
  #call: JssipCall | null = null;
  #remoteStream: MediaStream | null = null;
  #sipCallId: string | null = null;

  constructor({ getCredentials, audio, clock = systemClock }: JssipPhoneOptions) {
    this.#clock = clock;
    this.#audio = audio ?? new Audio();
    this.#audio.autoplay = true;
    this.#account = new SipAccount({
      getCredentials,
      clock,
      isUrgent: () => this.#call !== null || this.#unheardByes.size > 0,
    });
    this.#spare = new SpareConnection(clock);
    this.#account.watch((registration, previous) => {
      this.#store.set({ ...this.#store.getSnapshot(), registration });
      if (registration.state !== 'registered' || previous.state === 'registered') return;
      this.#call?.linkBack();
      for (const session of this.#unheardByes) this.#sayByeAgain(session);
    });
    window.addEventListener('pagehide', () => this.#call?.hangUp('page-left'), { signal: this.#page.signal });
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

    const { callId, destination, microphone } = request;
    markCall('dial', callId);
    for (const track of microphone.getAudioTracks()) track.enabled = true;
    this.#sipCallId = null;
    this.#dispatch({ type: 'dial', callId, destination, at: this.#clock.now() });

    // Asked first: what follows holds the page's thread for milliseconds.
    const claimed = request.allow();
    const proceed = Promise.all([claimed, this.#account.freshen()]);
    try {
      const session = this.#invite(ua, target, microphone, proceed);
      showClaim(session, claimed);
      this.#call = new JssipCall(session, request, proceed, this.#site(microphone));
    } catch (error) {
      const how = { by: 'local', failure: 'phone-error', detail: messageOf(error) } as const;
      this.#dispatch({ type: 'terminated', at: this.#clock.now(), ...how });
    }
  }

  hangUp(): void {
    this.#call?.hangUp('agent');
  }

  setMuted(muted: boolean): void {
    this.#call?.setMuted(muted);
  }

  async setHeld(held: boolean): Promise<void> {
    await this.#call?.setHeld(held);
  }

  sendDtmf(digits: string): void {
    this.#call?.sendDtmf(digits);
  }

  async replaceMicrophone(stream: MediaStream): Promise<void> {
    const [track] = stream.getAudioTracks();
    if (track) await this.#call?.replaceMicrophone(track);
  }

  setSpeaker(deviceId: string | null): void {
    // A device that is gone leaves the sound where it is.
    void this.#audio.setSinkId?.(deviceId ?? '').catch(() => undefined);
  }

  prepare(microphone: MediaStream): void {
    const { registration, call } = this.#store.getSnapshot();
    if (registration.state !== 'registered' || isLive(call)) return;
    this.#spare.make({ iceServers: this.#account.iceServers, microphone });
  }

  close(): void {
    this.#call?.hangUp('agent');
    this.#page.abort();
    this.#spare.close();
    this.#account.close();
    this.#audio.srcObject = null;
  }

  #invite(ua: UA, target: string, microphone: MediaStream, proceed: Promise<unknown>): RTCSession {
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

  #site(microphone: MediaStream): CallSite {
    return {
      clock: this.#clock,
      isLinkWell: () => this.#account.isWell,
      onLinkDead: () => this.#account.abandon(),
      listen: (listener) => this.#account.listen(listener),
      onUnheardBye: (session) => this.#keepUnheard(session),
      state: () => this.#store.getSnapshot().call,
      dispatch: (event) => this.#dispatch(event),
      onSent: (sipCallId) => {
        this.#sipCallId = sipCallId;
        this.#clock.after(SPARE_AFTER_MS, () => {
          if (!this.#page.signal.aborted)
            this.#spare.make({ iceServers: this.#account.iceServers, microphone });
        });
      },
      onOver: () => {
        this.#call = null;
        this.#remoteStream = null;
        this.#audio.srcObject = null;
        this.#account.noticeLoss();
      },
      onSignInRefused: () => this.#account.signInAgain(),
    };
  }

  #keepUnheard(session: RTCSession): void {
    this.#unheardByes.add(session);
    this.#account.look();
    this.#clock.after(BYE_LIFE_MS, () => {
      if (this.#unheardByes.delete(session)) forget(session);
    });
  }

  /** The other side would go on listening to nothing; nobody else ends such a call where there is no grace time. */
  #sayByeAgain(session: RTCSession): void {
    void sayBye(session).then((heard) => {
      if (!heard) return;
      this.#unheardByes.delete(session);
      forget(session);
    });
  }

  #dispatch(event: CallEvent): void {
    const snapshot = this.#store.getSnapshot();
    const call = reduceCall(snapshot.call, event);
    if (call !== snapshot.call) this.#store.set({ ...snapshot, call });
  }
}
