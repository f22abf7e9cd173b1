import type { EndedStatus, HangupBy } from '@outdial/contracts';
import { assertUnreachable } from '../store';
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

interface Talking extends Live {
  ringingAt: number | null;
  answeredAt: number;
  muted: boolean;
}

export interface CallOutcome {
  callId: string;
  destination: string;
  status: EndedStatus;
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
  | ({ name: 'dialing' } & Live)
  | ({ name: 'ringing'; ringingAt: number; earlyMedia: boolean } & Live)
  | ({ name: 'connected' } & Talking)
  | ({ name: 'held' } & Talking)
  | { name: 'ended'; outcome: CallOutcome };

/** `at` is milliseconds since the epoch, given by who sends the event. */
export type CallEvent =
  | { type: 'dial'; callId: string; destination: string; at: number }
  | { type: 'ringing'; earlyMedia: boolean; at: number }
  | { type: 'answered'; at: number }
  | { type: 'muted'; muted: boolean }
  | { type: 'held'; held: boolean }
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
 * table leaves the state as it is (the very same object).
 *
 * | state ↓ event → | dial    | ringing | answered  | held      | muted | hang-up     | terminated |
 * |-----------------|---------|---------|-----------|-----------|-------|-------------|------------|
 * | idle            | dialing |         |           |           |       |             |            |
 * | dialing         |         | ringing | connected |           |       | remembers   | ended      |
 * | ringing         |         | ringing | connected |           |       | remembers   | ended      |
 * | connected       |         |         |           | held      | muted | remembers   | ended      |
 * | held            |         |         |           | connected | muted | remembers   | ended      |
 * | ended           | dialing |         |           |           |       |             |            |
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
        hangUp: null,
      };
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
  };
}

function outcomeOf(state: LiveCall, end: Extract<CallEvent, { type: 'terminated' }>): CallOutcome {
  const ringingAt = state.name === 'dialing' ? null : state.ringingAt;
  const answeredAt = isTalking(state) ? state.answeredAt : null;
  // The system clock may be set back in mid-call; a duration never runs backwards.
  const span = (from: number | null, to: number) => (from === null ? 0 : Math.max(0, Math.round(to - from)));
  return {
    callId: state.callId,
    destination: state.destination,
    ...verdict(state.hangUp, answeredAt !== null, end),
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

function verdict(
  hangUp: HangUpWhy | null,
  answered: boolean,
  end: Extract<CallEvent, { type: 'terminated' }>,
): Pick<CallOutcome, 'status' | 'cause'> {
  const failure = end.failure ? (end.detail ?? causeOfFailure(end.failure)) : null;
  if (answered) return { status: 'answered', cause: hangUp === 'page-left' ? 'The page was left.' : failure };
  switch (hangUp) {
    case 'agent':
      return { status: 'cancelled', cause: 'Hung up before anyone answered.' };
    case 'page-left':
      return { status: 'cancelled', cause: 'The page was left.' };
    case 'ring-timeout':
      return { status: 'no-answer', cause: 'Nobody answered in time.' };
    case null:
      if (end.sip && end.sip.code >= 300) return verdictOfSip(end.sip);
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
