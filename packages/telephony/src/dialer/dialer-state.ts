import type { CallFault, CallReach, EndedStatus, Lead, Queue } from '@outdial/contracts';

export const MAX_WRAP_UP_MS = 120_000;
/** Results kept for the screen. */
export const MAX_RESULTS = 50;

/** Calls in a row that the carrier fails before dialing pauses. */
export const CARRIER_FAULTS = 3;
/** So long after a fault of ours dialing goes on by itself once it is over; later, the agent may have left the desk. */
export const RECOVERY_MS = 180_000;
/** Calls in a row that end by a fault of ours, with which nobody counts on its being over. */
export const SETBACKS = 3;

export type PauseReason =
  | 'agent'
  /** The phone lost its registration. */
  | 'registration-lost'
  /** The microphone is gone or was refused. */
  | 'microphone'
  /** The server could not be asked, or had an error. */
  | 'server'
  /** Another page took the sheet over. */
  | 'taken-over'
  /** Another page dials the sheet; resuming takes it over. */
  | 'dialed-elsewhere'
  /** The phone could not dial, or broke down in a call. */
  | 'phone'
  /** The phone server, or the way to it, failed a call. */
  | 'switch'
  /** The carrier failed several calls in a row. */
  | 'carrier';

/** What may be over again without anybody's doing. */
export const PASSING: ReadonlySet<PauseReason> = new Set(['registration-lost', 'server', 'phone', 'switch']);

/** Present call of the dialer. */
interface Dialed {
  lead: Lead;
  callId: string;
}

export type DialerPhase =
  | { name: 'idle' }
  /** Waits for the queue: to be opened by this page, or only for more of its leads. */
  | { name: 'starting'; opening: boolean }
  | ({ name: 'dialing'; skipped: boolean } & Dialed)
  | ({ name: 'talking' } & Dialed)
  /** `endsAt` in milliseconds since the epoch. */
  | ({ name: 'wrapUp'; endsAt: number } & Dialed)
  /** `goesOn`: by itself, when what has failed is back. */
  | { name: 'paused'; reason: PauseReason; message: string | null; goesOn: boolean }
  | { name: 'stopped' }
  | { name: 'finished' };

export interface DialResult {
  lead: Lead;
  callId: string;
  status: EndedStatus;
  reached: CallReach;
  fault: CallFault;
  cause: string | null;
  talkMs: number;
  at: number;
}

export interface DialerState {
  phase: DialerPhase;
  sheetId: string | null;
  /** What the server last said; counts and look-ahead for the screen. */
  queue: Queue | null;
  /** Look-ahead: leads to be dialed, in order. */
  upcoming: readonly Lead[];
  /** Leads this page has dialed or been refused; none of them is dialed again by itself. */
  attempted: ReadonlySet<string>;
  /** Leads whose call here reached nobody: the server gives them back once it has the call's report. */
  owed: ReadonlySet<string>;
  /** Last call, for `retry`. */
  last: Dialed | null;
  /** What happens once the present call is over. */
  afterCall: { pause: PauseReason; message: string | null } | 'stop' | null;
  wrapUpMs: number;
  /** Calls in a row that failed by the carrier's fault. */
  carrierFaults: number;
  /** Calls in a row that failed by ours. */
  setbacks: number;
  /** Until when dialing goes on by itself after a fault of ours; null when there was none. */
  recoverUntil: number | null;
  /** Newest first. */
  results: readonly DialResult[];
}

export interface CallEnd {
  status: EndedStatus;
  reached: CallReach;
  fault: CallFault;
  cause: string | null;
  talkMs: number;
}

export type DialerEvent =
  | { type: 'start'; sheetId: string }
  | { type: 'pause' }
  | { type: 'resume' }
  | { type: 'stop' }
  | { type: 'skip' }
  | { type: 'retry' }
  | { type: 'ready-now' }
  | { type: 'set-wrap-up'; ms: number }
  /** The queue was opened, or has changed. */
  | { type: 'queue'; queue: Queue; opened: boolean }
  /** The agent put a lead back into the queue. */
  | { type: 'requeued'; leadId: string }
  | { type: 'queue-failed'; reason: PauseReason; message: string }
  | { type: 'connected'; callId: string }
  | { type: 'ended'; callId: string; end: CallEnd }
  /** The server refused the claim (no INVITE left), or nobody knows whether it did. */
  | { type: 'not-dialed'; callId: string; why: 'lead-not-available' | PauseReason; message: string }
  /** Something the next call needs is gone. */
  | { type: 'obstacle'; reason: PauseReason; message: string }
  | { type: 'tick' }
  /** Nothing seems to stand in the way any more. */
  | { type: 'recover' };

export type DialerEffect =
  | { type: 'open-queue'; sheetId: string; takeOver: boolean }
  | { type: 'refresh-queue'; sheetId: string }
  /** A call of this page's is not filed yet; its lead comes back. */
  | { type: 'ask-later'; sheetId: string }
  /** What has failed may be over by itself. */
  | { type: 'await-recovery' }
  | { type: 'tell-state'; sheetId: string; state: 'running' | 'paused' | 'stopped' }
  /** `retryOf`: the call that is made once more; its lead may be done already. */
  | { type: 'dial'; sheetId: string; lead: Lead; callId: string; retryOf: string | null }
  | { type: 'hang-up' }
  | { type: 'wake-at'; at: number }
  | { type: 'cancel-wake' };

/** What the outside gives with every event, so that the machine itself stays pure. */
export interface DialerMoment {
  now: number;
  /** UUID for a call, should this event start one. */
  callId: string;
}

export type DialerStep = readonly [DialerState, readonly DialerEffect[]];

export const NOT_DIALING: DialerState = {
  phase: { name: 'idle' },
  sheetId: null,
  queue: null,
  upcoming: [],
  attempted: new Set(),
  owed: new Set(),
  last: null,
  afterCall: null,
  wrapUpMs: 0,
  carrierFaults: 0,
  setbacks: 0,
  recoverUntil: null,
  results: [],
};

export function isInCall(phase: DialerPhase): phase is Extract<DialerPhase, { name: 'dialing' | 'talking' }> {
  return phase.name === 'dialing' || phase.name === 'talking';
}
