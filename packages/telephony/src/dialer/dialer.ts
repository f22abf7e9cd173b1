import type { Lead } from '@outdial/contracts';
import { v7 as uuid } from 'uuid';
import { MicrophoneError } from '../call/microphone';
import { type CancelTimer, type Clock, systemClock, within } from '../clock';
import { messageOf } from '../message-of';
import { type Readable, Store, type Unsubscribe } from '../store';
import type { DialerLine, LineEvent, Obstacle } from './dialer-line';
import { reduceDialer } from './dialer-machine';
import { type DialerEffect, type DialerEvent, type DialerState, isInCall, NOT_DIALING } from './dialer-state';
import { type QueueGateway, type Refusal, refusalOf } from './queue-gateway';
import { Recovery } from './recovery';

/** Wait after a claim before the look-ahead is fetched: the INVITE and its answers come first. */
const LOOK_AHEAD_MS = 1_000;
/** The server is given up for the moment after this long; it is asked again, later. */
const OPEN_MS = 10_000;
/** Between two looks whether a call that is not filed yet has given its lead back. */
const ASK_LATER_MS = 2_000;

export interface DialerOptions {
  line: DialerLine;
  queue: QueueGateway;
  /** Names this page to the server; the same across reloads of one tab. */
  sessionId: string;
  clock?: Clock;
  /** Tells `visibilitychange`; the document. */
  page?: EventTarget | undefined;
  newCallId?: () => string;
}

interface Attempt {
  callId: string;
  refusal: Refusal | null;
}

/**
 * Runs the dialer machine: does its effects on the line and the queue and feeds back what comes of them.
 *
 * Between hang-up and the next INVITE nothing is waited for but the claim, and that goes out while ICE gathers; the
 * look-ahead is fetched during the call.
 */
export class Dialer implements Readable<DialerState> {
  readonly #line: DialerLine;
  readonly #queue: QueueGateway;
  readonly #sessionId: string;
  readonly #clock: Clock;
  readonly #newCallId: () => string;
  readonly #store = new Store<DialerState>(NOT_DIALING);
  readonly #closing = new AbortController();
  readonly #recovery: Recovery;
  readonly #offLine: Unsubscribe;
  readonly #events: DialerEvent[] = [];
  #dispatching = false;
  #cancelWake: CancelTimer | null = null;
  #cancelLookAhead: CancelTimer | null = null;
  #cancelAsk: CancelTimer | null = null;
  #attempt: Attempt | null = null;

  constructor({ line, queue, sessionId, clock, page, newCallId }: DialerOptions) {
    this.#line = line;
    this.#queue = queue;
    this.#sessionId = sessionId;
    this.#clock = clock ?? systemClock;
    this.#newCallId = newCallId ?? uuid;
    this.#recovery = new Recovery({
      clock: this.#clock,
      isBlocked: () => line.obstacle() !== null && this.#clock.now() < (this.getSnapshot().recoverUntil ?? 0),
      onOver: () => this.#dispatch({ type: 'recover' }),
    });
    this.#offLine = line.onEvent((event) => this.#onLine(event));
    // Timers of a hidden tab run late; the deadline is looked at again when the tab is shown.
    (page ?? globalThis.document)?.addEventListener(
      'visibilitychange',
      () => this.#dispatch({ type: 'tick' }),
      {
        signal: this.#closing.signal,
      },
    );
  }

  readonly getSnapshot = () => this.#store.getSnapshot();
  readonly subscribe = (listener: () => void): Unsubscribe => this.#store.subscribe(listener);

  get sessionId(): string {
    return this.#sessionId;
  }

  start = (sheetId: string): void => this.#dispatch({ type: 'start', sheetId });
  /** At once, or after the present call. */
  pause = (): void => this.#dispatch({ type: 'pause' });
  resume = (): void => this.#dispatch({ type: 'resume' });
  /** At once, or after the present call; hanging up is a thing of its own. */
  stop = (): void => this.#dispatch({ type: 'stop' });
  /** Gives up the call that is being dialed, or ends wrap-up, and goes on. */
  skip = (): void => this.#dispatch({ type: 'skip' });
  /** Dials the last lead again. */
  retry = (): void => this.#dispatch({ type: 'retry' });
  /** Ends wrap-up. */
  readyNow = (): void => this.#dispatch({ type: 'ready-now' });
  /** From the next call on; 0 to 120,000 ms. */
  setWrapUp = (ms: number): void => this.#dispatch({ type: 'set-wrap-up', ms });
  /** The server says that another page has the sheet now. */
  takenOver = (sheetId: string): void => {
    if (sheetId === this.getSnapshot().sheetId) this.#dispatch({ type: 'obstacle', ...TAKEN_OVER });
  };

  /** Asks the server where the sheet stands. */
  async refresh(): Promise<void> {
    const { sheetId } = this.getSnapshot();
    if (sheetId) await this.#refresh(sheetId, false);
  }

  /** Puts any lead of the sheet back at the head of the queue. */
  async requeue({ id, lastCallId }: Lead): Promise<void> {
    const { sheetId } = this.getSnapshot();
    if (!sheetId) return;
    await this.#queue.retry({ sheetId, leadId: id, lastCallId, sessionId: this.#sessionId });
    this.#dispatch({ type: 'requeued', leadId: id });
  }

  /** Leaves a coming lead out. */
  async leaveOut(leadId: string): Promise<void> {
    const { sheetId } = this.getSnapshot();
    if (!sheetId) return;
    await this.#queue.skip(sheetId, leadId, this.#sessionId);
    await this.refresh();
  }

  close(): void {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    this.#offLine();
    this.#cancelWake?.();
    this.#cancelLookAhead?.();
    this.#cancelAsk?.();
    this.#recovery.close();
  }

  #onLine(event: LineEvent): void {
    if (event.type !== 'ended') {
      this.#dispatch(event);
      return;
    }
    const { callId, outcome } = event;
    const refusal = this.#attempt?.callId === callId ? this.#attempt.refusal : null;
    const { status, reached, fault, cause, talkMs } = outcome;
    this.#dispatch(
      refusal
        ? { type: 'not-dialed', callId, ...refusal }
        : { type: 'ended', callId, end: { status, reached, fault, cause, talkMs } },
    );
  }

  /** Events that effects bring about are taken in turn, after the step that caused them is complete. */
  #dispatch(event: DialerEvent): void {
    if (this.#closing.signal.aborted) return;
    this.#events.push(event);
    if (this.#dispatching) return;
    this.#dispatching = true;
    try {
      for (let next = this.#events.shift(); next; next = this.#events.shift()) {
        const moment = { now: this.#clock.now(), callId: this.#newCallId() };
        const [state, effects] = reduceDialer(this.getSnapshot(), next, moment);
        // Effects first: the INVITE does not wait for the screen.
        this.#state(state, effects);
      }
    } finally {
      this.#dispatching = false;
    }
  }

  #state(state: DialerState, effects: readonly DialerEffect[]): void {
    for (const effect of effects) this.#do(effect);
    this.#store.set(state);
  }

  #do(effect: DialerEffect): void {
    switch (effect.type) {
      case 'open-queue':
        void this.#open(effect.sheetId, effect.takeOver);
        return;
      case 'refresh-queue':
        void this.#refresh(effect.sheetId, true);
        return;
      case 'ask-later':
        this.#cancelAsk ??= this.#clock.after(ASK_LATER_MS, () => {
          this.#cancelAsk = null;
          void this.#refresh(effect.sheetId, true);
        });
        return;
      case 'await-recovery':
        this.#recovery.await();
        return;
      case 'tell-state':
        // For others to see; whether this page may dial is decided at every claim.
        this.#queue.setState(effect.sheetId, this.#sessionId, effect.state).catch(() => undefined);
        return;
      case 'dial':
        this.#dial(effect);
        return;
      case 'hang-up':
        this.#line.hangUp();
        return;
      case 'wake-at':
        this.#cancelWake?.();
        this.#cancelWake = this.#clock.after(Math.max(0, effect.at - this.#clock.now()), () =>
          this.#dispatch({ type: 'tick' }),
        );
        return;
      case 'cancel-wake':
        this.#cancelWake?.();
        this.#cancelWake = null;
        return;
    }
  }

  #dial({ sheetId, lead, callId, retryOf }: Extract<DialerEffect, { type: 'dial' }>): void {
    const obstacle = this.#line.obstacle();
    if (obstacle) {
      this.#dispatch({ type: 'not-dialed', callId, why: obstacle.reason, message: obstacle.message });
      return;
    }
    this.#recovery.over();
    const attempt: Attempt = { callId, refusal: null };
    this.#attempt = attempt;
    const destination = lead.phone;
    const claim = { callId, leadId: lead.id, destination, sheetId, sessionId: this.#sessionId };
    const allow = () =>
      this.#queue.claim({ ...claim, ...(retryOf && { retryOf }) }).then(
        (permit) => {
          this.#lookAhead(sheetId);
          return permit;
        },
        (error: unknown) => {
          attempt.refusal = refusalOf(error);
          throw error;
        },
      );
    try {
      this.#line.place({ callId, destination, leadId: lead.id, allow });
    } catch (error) {
      const message = messageOf(error);
      this.#dispatch({ type: 'not-dialed', callId, why: 'phone', message });
    }
  }

  async #open(sheetId: string, takeOver: boolean): Promise<void> {
    const prepared = this.#line.prepare().then(() => null, obstacleOf);
    try {
      const opened = this.#queue.open(sheetId, this.#sessionId, takeOver);
      const queue = await within(this.#clock, OPEN_MS, 'The server did not answer in time.', opened);
      const problem = await prepared;
      if (problem) this.#dispatch({ type: 'queue-failed', ...problem });
      else this.#dispatch({ type: 'queue', queue, opened: true });
    } catch (error) {
      this.#queueFailed(error);
    }
  }

  /** Once for all the claims of this second. */
  #lookAhead(sheetId: string): void {
    this.#cancelLookAhead ??= this.#clock.after(LOOK_AHEAD_MS, () => {
      this.#cancelLookAhead = null;
      void this.#refresh(sheetId, false);
    });
  }

  /** `needed`: nothing can be dialed before the answer is here. */
  async #refresh(sheetId: string, needed: boolean): Promise<void> {
    try {
      const queue = await this.#queue.show(sheetId, this.#sessionId);
      this.#dispatch({ type: 'queue', queue, opened: false });
    } catch (error) {
      if (needed) this.#queueFailed(error);
    }
  }

  #queueFailed(error: unknown): void {
    const { why, message } = refusalOf(error);
    this.#dispatch({ type: 'queue-failed', reason: why === 'lead-not-available' ? 'server' : why, message });
  }

  /** Whether a call of the dialer's is under way. */
  get isDialing(): boolean {
    return isInCall(this.getSnapshot().phase);
  }
}

/** Why the line could not be made ready. */
const obstacleOf = (error: unknown): Obstacle => ({
  reason: error instanceof MicrophoneError ? 'microphone' : 'phone',
  message: messageOf(error),
});

const TAKEN_OVER: Obstacle = {
  reason: 'taken-over',
  message: 'This sheet is now being dialed on another page.',
};
