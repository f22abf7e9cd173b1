import type { IncomingEvent, OutgoingEvent, RTCSession } from 'jssip/lib/RTCSession';
import type { CancelTimer, Clock } from '../clock';
import { markCall } from '../marks';
import { messageOf } from '../message-of';
import type { Unsubscribe } from '../store';
import { type CallEvent, type CallState, type HangUpWhy, isLive, isTalking } from './call-machine';
import { cancel, forget, isUnheard, reinvite, sayBye, setLocalHold } from './jssip-internals';
import { type EndSays, endOf } from './jssip-session';
import { TELL_MS, treat } from './line-doctor';
import { type Hearing, MediaWatch } from './media-watch';
import type { DialRequest } from './phone';

/** The server has so long to say whether a call may be made. */
const READY_TIMEOUT_MS = 15_000;
/** So soon an INVITE has an answer, 100 if nothing else, or the way to the phone server is broken. */
const PROVISIONAL_MS = 5_000;
/** Longest wait for the first ring, beyond the time it may ring: calls abroad take 10 s and more. */
const PUT_THROUGH_MS = 15_000;
/** JsSIP may end a session without telling; so often it is asked. */
const WATCHDOG_MS = 2_000;
/** So long the network has to confirm that a call is given up. */
const CANCELLED_MS = 3_000;
/** Between two digits (RFC 4733 leaves it open; most gateways merge digits closer than 50 ms). */
const DTMF_GAP_MS = 80;

type End = Omit<Extract<CallEvent, { type: 'terminated' }>, 'type' | 'at'>;

/** What a call needs of the phone it is made on. */
export interface CallSite {
  clock: Clock;
  /** The account's connection: open, registered and answered. */
  isLinkWell: () => boolean;
  /** The INVITE was not answered at all. */
  onLinkDead: () => void;
  /** A BYE that nobody has heard: to be said again once somebody can. */
  onUnheardBye: (session: RTCSession) => void;
  /** Hears every message of the phone server's. */
  listen: (listener: (message: string) => void) => Unsubscribe;
  state: () => CallState;
  dispatch: (event: CallEvent) => void;
  /** The INVITE is out. @param sipCallId its Call-ID (RFC 3261 §20.8) */
  onSent: (sipCallId: string) => void;
  onOver: () => void;
  /** The phone server did not take the account's credentials for this call. */
  onSignInRefused: () => void;
}

/** One outbound call over SIP: a JsSIP session, its timers, and what is done when it falls ill. */
export class JssipCall {
  readonly #site: CallSite;
  readonly #session: RTCSession;
  readonly #request: DialRequest;
  #timers: CancelTimer[] = [];
  #media: MediaWatch | null = null;
  #over = false;
  #givingUp = false;
  #sipCallId = '';
  #changes: Promise<unknown> = Promise.resolve();
  #offeredAt = Number.NEGATIVE_INFINITY;
  /** The switch knows this phone by another socket than the present one. */
  #isStale = false;

  /** @param proceed resolves when the INVITE may leave */
  constructor(session: RTCSession, request: DialRequest, proceed: Promise<unknown>, site: CallSite) {
    this.#session = session;
    this.#request = request;
    this.#site = site;
    this.#listen();
    const refuse = (detail: string) => this.#end({ by: 'local', failure: 'refused-by-server', detail });
    const late = site.clock.after(READY_TIMEOUT_MS, () => refuse('The server did not answer in time.'));
    proceed.then(late, (error: unknown) => {
      late();
      refuse(messageOf(error));
    });
    this.#timers.push(late);
    this.#watchdog();
  }

  hangUp(why: HangUpWhy): void {
    if (this.#over) return;
    this.#site.dispatch({ type: 'hang-up', why });
    this.#end({ by: 'local' });
  }

  setMuted(muted: boolean): void {
    if (!isTalking(this.#site.state())) return;
    if (muted) this.#session.mute({ audio: true });
    else this.#session.unmute({ audio: true });
    this.#site.dispatch({ type: 'muted', muted });
  }

  /** One offer at a time (RFC 3261 §14.1). */
  setHeld(held: boolean): Promise<void> {
    return this.#inTurn(() => this.#setHeld(held));
  }

  sendDtmf(digits: string): void {
    if (!/^[0-9A-D*#]+$/i.test(digits)) return;
    const dtmf = this.#sender()?.dtmf;
    // Straight to the sender: JsSIP's own call sends INFO by default and throws where this does nothing.
    if (dtmf?.canInsertDTMF) dtmf.insertDTMF(dtmf.toneBuffer + digits, 100, DTMF_GAP_MS);
  }

  async replaceMicrophone(track: MediaStreamTrack): Promise<void> {
    const state = this.#site.state();
    track.enabled = !(state.name === 'held' || (isTalking(state) && state.muted));
    await this.#sender()?.replaceTrack(track);
  }

  /** The phone is registered again: the switch learns of the new socket by an offer within the call. */
  linkBack(): void {
    if (this.#over || !this.#session.isEstablished()) return;
    this.#isStale = true;
    const isSick = (talking(this.#site.state())?.audio ?? 'well') === 'lost';
    void this.#inTurn(() => this.#offer(isSick));
  }

  #listen(): void {
    const { clock, dispatch } = this.#site;
    const { callId } = this.#request;
    const session = this.#session;
    session.on('sending', ({ request }) => {
      if (this.#over) return;
      markCall('invite-sent', callId);
      this.#sipCallId = request.call_id;
      dispatch({ type: 'sent' });
      this.#awaitAnswer();
      this.#site.onSent(request.call_id);
    });
    session.on('progress', (event: IncomingEvent | OutgoingEvent) => {
      if (this.#over) return;
      const earlyMedia = 'response' in event && Boolean(event.response?.body);
      markCall('ringing', callId);
      if (this.#site.state().name === 'dialing')
        this.#timers.push(clock.after(this.#request.ringTimeoutMs, () => this.#giveUp()));
      dispatch({ type: 'ringing', earlyMedia, at: clock.now() });
    });
    session.on('confirmed', () => {
      if (this.#over) return;
      markCall('connected', callId);
      dispatch({ type: 'answered', at: clock.now() });
      this.#hear();
    });
    const otherHolds = (held: boolean) => (event: { originator: string }) => {
      if (event.originator === 'remote') dispatch({ type: 'other-held', held });
    };
    session.on('hold', otherHolds(true));
    session.on('unhold', otherHolds(false));
    const over = (event: EndSays) => {
      if (!this.#givingUp) this.#end(endOf(event, this.#site.isLinkWell()));
    };
    session.on('ended', over);
    session.on('failed', over);
  }

  #awaitAnswer(): void {
    const { clock } = this.#site;
    this.#timers.push(
      clock.after(PROVISIONAL_MS, () => {
        if (this.#over || !isUnheard(this.#session)) return;
        this.#site.onLinkDead();
        this.#end({ by: 'local', failure: 'not-answering' });
      }),
      clock.after(this.#request.ringTimeoutMs + PUT_THROUGH_MS, () => {
        if (this.#site.state().name === 'dialing') this.#giveUp();
      }),
    );
  }

  /**
   * Nobody answers. A network that has the call confirms its end (487, RFC 3261 §9.2); one that has lost it, a carrier
   * that was restarted say, has let nobody's telephone ring since.
   */
  #giveUp(): void {
    const { state, dispatch, listen, clock } = this.#site;
    if (this.#over || this.#givingUp || isTalking(state())) return;
    this.#givingUp = true;
    dispatch({ type: 'hang-up', why: 'ring-timeout' });
    const stop = listen((message) => {
      if (!message.startsWith('SIP/2.0 487') || !message.includes(this.#sipCallId)) return;
      this.#end({ by: 'local' });
    });
    const late = clock.after(CANCELLED_MS, () => this.#end({ by: 'local', failure: 'call-lost' }));
    this.#timers.push(stop, late);
    cancel(this.#session);
  }

  #hear(): void {
    const { clock, state } = this.#site;
    this.#media = new MediaWatch({
      connection: this.#session.connection,
      clock,
      expected: () => {
        const call = talking(state());
        return call !== null && call.name === 'connected' && !call.otherHolds;
      },
      onLook: (hearing) => this.#diagnose(hearing),
    });
  }

  #diagnose({ silentMs, disconnected }: Hearing): void {
    const { clock, dispatch, isLinkWell } = this.#site;
    if (this.#over) return;
    dispatch({ type: 'audio', audio: silentMs >= TELL_MS ? 'lost' : 'well' });
    const signalling = isLinkWell() ? 'well' : 'sick';
    const sinceRestartMs = clock.now() - this.#offeredAt;
    switch (treat({ signalling, silentMs, disconnected, sinceRestartMs })) {
      case 'end':
        this.#end({ by: 'local', failure: 'media-lost' });
        return;
      case 'restart-ice':
        this.#offeredAt = clock.now();
        void this.#inTurn(() => this.#offer(true));
        return;
      case 'nothing':
        if (signalling === 'well' && this.#isStale && sinceRestartMs > WATCHDOG_MS) this.linkBack();
    }
  }

  async #offer(iceRestart: boolean): Promise<void> {
    if (this.#over) return;
    this.#offeredAt = this.#site.clock.now();
    const result = await reinvite(this.#session, iceRestart);
    // Whoever refuses has heard it, and so has the switch.
    if (result === 'accepted' || result === 'refused') this.#isStale = false;
    if (result === 'gone') this.#end({ by: 'remote', failure: 'call-lost' });
  }

  async #setHeld(held: boolean): Promise<void> {
    const { state, dispatch, isLinkWell } = this.#site;
    const call = talking(state());
    if (this.#over || !call || (call.name === 'held') === held) return;
    if (!isLinkWell()) throw new Error('The phone is reconnecting. Try again in a moment.');
    dispatch({ type: 'holding', holding: true });
    setLocalHold(this.#session, held);
    const result = await reinvite(this.#session, false);
    if (this.#over) return;
    dispatch({ type: 'holding', holding: false });
    if (result === 'accepted') return dispatch({ type: 'held', held });
    setLocalHold(this.#session, !held);
    if (result === 'gone') return this.#end({ by: 'remote', failure: 'call-lost' });
    throw new Error(held ? 'The call could not be put on hold.' : 'The call could not be taken back.');
  }

  #inTurn(change: () => Promise<void>): Promise<void> {
    const turn = this.#changes.catch(() => undefined).then(change);
    this.#changes = turn;
    turn.catch(() => undefined);
    return turn;
  }

  #watchdog(): void {
    const look = () => {
      if (this.#over) return;
      if (this.#session.isEnded() && !this.#givingUp) this.#end({ by: 'local', failure: 'phone-error' });
      else this.#timers.push(this.#site.clock.after(WATCHDOG_MS, look));
    };
    this.#timers.push(this.#site.clock.after(WATCHDOG_MS, look));
  }

  /** The only way a call ends: state first, then the session, whatever it still has to say. */
  #end(how: End): void {
    const { clock, state, dispatch, onOver, onUnheardBye } = this.#site;
    if (this.#over || !isLive(state())) return;
    this.#over = true;
    for (const stop of this.#timers.splice(0)) stop();
    this.#media?.close();
    const session = this.#session;
    onOver();
    if (session.isEstablished()) {
      void sayBye(session).then((heard) => (heard ? forget(session) : onUnheardBye(session)));
    } else if (!session.isEnded()) cancel(session);
    if (how.sip?.code === 401 || how.sip?.code === 407) this.#site.onSignInRefused();
    markCall('ended', this.#request.callId);
    dispatch({ type: 'terminated', at: clock.now(), ...how });
  }

  #sender(): RTCRtpSender | undefined {
    return this.#session.connection.getSenders().find(({ track }) => track?.kind === 'audio');
  }
}

const talking = (state: CallState) => (isTalking(state) ? state : null);
