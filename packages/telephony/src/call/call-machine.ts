import type { CallFault, CallReach, EndedStatus, HangupBy } from '@outdial/contracts';
import { assertUnreachable } from '../store';
import { faultOf } from './fault';
import { causeOfFailure, type LocalFailure, type SipAnswer, verdictOfSip } from './outcome';

/** Who on this side asked for the end: the agent, the ring timer, or a page that is being left. */
export type HangUpWhy = 'agent' | 'ring-timeout' | 'page-left';

interface Live {
  callId: string;
  /** As dialed: E.164 or a feature code. */
  destination: string;
  startedAt: number;
  hangUp: HangUpWhy | null;
}

interface Unanswered extends Live {
  /** Whether the INVITE has left this browser. */
  sent: boolean;
}

interface Talking extends Live {
  ringingAt: number | null;
  answeredAt: number;
  muted: boolean;
  /** Being put on hold or taken back; the other side has not said yes yet. */
  holding: boolean;
  /** The other side has put this one on hold. */
  otherHolds: boolean;
  /** `lost`: nothing has arrived from the other side for some seconds. */
  audio: 'well' | 'lost';
}

export interface CallOutcome {
  callId: string;
  destination: string;
  status: EndedStatus;
  reached: CallReach;
  fault: CallFault;
  /** Final SIP answer to the INVITE; null when none came. */
  sipCode: number | null;
  /** For a person; null for a call that simply was hung up. */
  cause: string | null;
  hangupBy: HangupBy;
  startedAt: number;
  ringingAt: number | null;
  answeredAt: number | null;
  endedAt: number;
  /** Ringing until answer or end; 0 when it never rang. */
  ringMs: number;
  /** Answer until end, hold included; 0 when it was not answered. */
  talkMs: number;
  /** Dial until end. */
  durationMs: number;
}

export type CallState =
  | { name: 'idle' }
  | ({ name: 'dialing' } & Unanswered)
  | ({ name: 'ringing'; ringingAt: number; earlyMedia: boolean } & Unanswered)
  | ({ name: 'connected' } & Talking)
  | ({ name: 'held' } & Talking)
  | { name: 'ended'; outcome: CallOutcome };

/** `at` is milliseconds since the epoch, given by who sends the event. */
export type CallEvent =
  | { type: 'dial'; callId: string; destination: string; at: number }
  | { type: 'sent' }
  | { type: 'ringing'; earlyMedia: boolean; at: number }
  | { type: 'answered'; at: number }
  | { type: 'muted'; muted: boolean }
  | { type: 'holding'; holding: boolean }
  | { type: 'held'; held: boolean }
  | { type: 'other-held'; held: boolean }
  | { type: 'audio'; audio: 'well' | 'lost' }
  | { type: 'hang-up'; why: HangUpWhy }
  | {
      type: 'terminated';
      by: 'local' | 'remote';
      sip?: SipAnswer;
      failure?: LocalFailure;
      detail?: string;
      at: number;
    };

export const IDLE: CallState = { name: 'idle' };

/**
 * One outbound call. Pure: the same state and event give the same state, and an event that has no place in the
 * table leaves the state as it is (the very same object). `holding`, `other-held` and `audio` are noted in a conversation.
 *
 * | state ↓ event → | dial    | sent    | ringing | answered  | held      | muted | hang-up     | terminated |
 * |-----------------|---------|---------|---------|-----------|-----------|-------|-------------|------------|
 * | idle            | dialing |         |         |           |           |       |             |            |
 * | dialing         |         | dialing | ringing | connected |           |       | remembers   | ended      |
 * | ringing         |         |         | ringing | connected |           |       | remembers   | ended      |
 * | connected       |         |         |         |           | held      | muted | remembers   | ended      |
 * | held            |         |         |         |           | connected | muted | remembers   | ended      |
 * | ended           | dialing |         |         |           |           |       |             |            |
 */
export function reduceCall(state: CallState, event: CallEvent): CallState {
  switch (event.type) {
    case 'dial':
      if (isLive(state)) return state;
      return {
        name: 'dialing',
        callId: event.callId,
        destination: event.destination,
        startedAt: event.at,
        sent: false,
        hangUp: null,
      };
    case 'sent':
      return state.name === 'dialing' && !state.sent ? { ...state, sent: true } : state;
    case 'ringing':
      if (state.name === 'dialing') {
        return { ...state, name: 'ringing', ringingAt: event.at, earlyMedia: event.earlyMedia };
      }
      if (state.name === 'ringing' && event.earlyMedia && !state.earlyMedia)
        return { ...state, earlyMedia: true };
      return state;
    case 'answered':
      return answer(state, event.at);
    case 'muted':
      if ((state.name !== 'connected' && state.name !== 'held') || state.muted === event.muted) return state;
      return { ...state, muted: event.muted };
    case 'holding':
      return isTalking(state) && state.holding !== event.holding
        ? { ...state, holding: event.holding }
        : state;
    case 'other-held':
      return isTalking(state) && state.otherHolds !== event.held
        ? { ...state, otherHolds: event.held }
        : state;
    case 'audio':
      return isTalking(state) && state.audio !== event.audio ? { ...state, audio: event.audio } : state;
    case 'held':
      if (event.held && state.name === 'connected') return { ...state, name: 'held' };
      if (!event.held && state.name === 'held') return { ...state, name: 'connected' };
      return state;
    case 'hang-up':
      if (!isLive(state) || state.hangUp) return state;
      return { ...state, hangUp: event.why };
    case 'terminated':
      return isLive(state) ? { name: 'ended', outcome: outcomeOf(state, event) } : state;
    default:
      return assertUnreachable(event);
  }
}

export type LiveCall = Exclude<CallState, { name: 'idle' } | { name: 'ended' }>;

export function isLive(state: CallState): state is LiveCall {
  return state.name !== 'idle' && state.name !== 'ended';
}

export function isTalking(state: CallState): state is Extract<CallState, { name: 'connected' | 'held' }> {
  return state.name === 'connected' || state.name === 'held';
}

function answer(state: CallState, at: number): CallState {
  if (state.name !== 'dialing' && state.name !== 'ringing') return state;
  const { callId, destination, startedAt, hangUp } = state;
  const ringingAt = state.name === 'ringing' ? state.ringingAt : null;
  return {
    name: 'connected',
    callId,
    destination,
    startedAt,
    hangUp,
    ringingAt,
    answeredAt: at,
    muted: false,
    holding: false,
    otherHolds: false,
    audio: 'well',
  };
}

function outcomeOf(state: LiveCall, end: Extract<CallEvent, { type: 'terminated' }>): CallOutcome {
  const ringingAt = state.name === 'dialing' ? null : state.ringingAt;
  const answeredAt = isTalking(state) ? state.answeredAt : null;
  const reached = reachOf(state);
  // The system clock may be set back in mid-call; a duration never runs backwards.
  const span = (from: number | null, to: number) => (from === null ? 0 : Math.max(0, Math.round(to - from)));
  return {
    callId: state.callId,
    destination: state.destination,
    ...verdict(state.hangUp, reached, end),
    reached,
    fault: faultOf(state.hangUp, reached, end),
    sipCode: answeredAt === null ? (end.sip?.code ?? null) : 200,
    hangupBy: hangupBy(state.hangUp, end),
    startedAt: state.startedAt,
    ringingAt,
    answeredAt,
    endedAt: Math.max(end.at, answeredAt ?? state.startedAt),
    ringMs: span(ringingAt, answeredAt ?? end.at),
    talkMs: span(answeredAt, end.at),
    durationMs: span(state.startedAt, end.at),
  };
}

function reachOf(state: LiveCall): CallReach {
  switch (state.name) {
    case 'dialing':
      return state.sent ? 'sent' : 'not-sent';
    case 'ringing':
      return 'ringing';
    default:
      return 'answered';
  }
}

function verdict(
  hangUp: HangUpWhy | null,
  reached: CallReach,
  end: Extract<CallEvent, { type: 'terminated' }>,
): Pick<CallOutcome, 'status' | 'cause'> {
  const failure = end.failure ? (end.detail ?? causeOfFailure(end.failure)) : null;
  if (reached === 'answered')
    return { status: 'answered', cause: hangUp === 'page-left' ? 'The page was left.' : failure };
  switch (hangUp) {
    case 'agent':
      return { status: 'cancelled', cause: 'Hung up before anyone answered.' };
    case 'page-left':
      return { status: 'cancelled', cause: 'The page was left.' };
    case 'ring-timeout':
      if (reached !== 'ringing')
        return { status: 'failed', cause: 'The carrier did not put the call through in time.' };
      return failure
        ? { status: 'failed', cause: failure }
        : { status: 'no-answer', cause: 'Nobody answered in time.' };
    case null:
      if (end.sip && end.sip.code >= 300) return verdictOfSip(end.sip, reached);
      return { status: 'failed', cause: failure ?? causeOfFailure('phone-error') };
    default:
      return assertUnreachable(hangUp);
  }
}

function hangupBy(hangUp: HangUpWhy | null, end: Extract<CallEvent, { type: 'terminated' }>): HangupBy {
  if (hangUp === 'ring-timeout') return 'system';
  if (hangUp) return 'agent';
  return end.by === 'remote' && !end.failure ? 'remote' : 'system';
}
