import { isUndone, type Lead, type Queue } from '@outdial/contracts';
import { assertUnreachable } from '../store';
import { AFRESH, faultsAfter, paused, reasonToPause, recover } from './dialer-pauses';
import {
  type CallEnd,
  type DialerEffect,
  type DialerEvent,
  type DialerMoment,
  type DialerPhase,
  type DialerState,
  type DialerStep,
  type DialResult,
  isInCall,
  MAX_RESULTS,
  MAX_WRAP_UP_MS,
  NOT_DIALING,
  type PauseReason,
} from './dialer-state';

/**
 * Dials a sheet's leads one after another (progressive, one line). Pure: effects are data, done by the driver.
 *
 * | phase ↓ event → | start    | pause  | resume   | stop    | skip      | retry   | ready-now | connected | ended   | obstacle | tick  | recover   |
 * |-----------------|----------|--------|----------|---------|-----------|---------|-----------|-----------|---------|----------|-------|-----------|
 * | idle            | starting |        |          |         |           |         |           |           |         |          |       |           |
 * | starting        |          | paused |          | stopped |           |         |           |           |         | paused   |       |           |
 * | dialing         |          | after  | unafter  | after   | hangs up¹ |         |           | talking   | → next² | after    |       |           |
 * | talking         |          | after  | unafter  | after   |           |         |           |           | → next² | after    |       |           |
 * | wrapUp          |          | paused |          | stopped | next      | dialing | next      |           |         | paused   | next³ |           |
 * | paused          |          |        | starting | stopped |           | dialing |           |           |         |          |       | starting⁴ |
 * | stopped         | starting |        |          |         |           |         |           |           |         |          |       |           |
 * | finished        | starting |        |          | stopped |           | dialing |           |           |         |          |       |           |
 *
 * ¹ and goes on to the next lead without wrap-up. ² what `afterCall` says; paused when the call ended by a fault of ours,
 * or the third in a row by the carrier's; else wrap-up, or with no wrap-up time the next lead at once, in the same step.
 * ³ only when `endsAt` has passed. ⁴ only from a pause for what passes by itself (`goesOn`), for three minutes.
 * "next" dials the first lead of the look-ahead; when that is empty it asks the server (starting), and when the server
 * has none either the sheet is finished. `not-dialed` goes on to the next lead (lead-not-available) or pauses.
 */
export function reduceDialer(state: DialerState, event: DialerEvent, moment: DialerMoment): DialerStep {
  const { phase } = state;
  switch (event.type) {
    case 'start':
      return start(state, event.sheetId);
    case 'pause':
      return pause(state, 'agent', null, moment);
    case 'obstacle':
      return pause(state, event.reason, event.message, moment);
    case 'resume':
      return resume(state);
    case 'stop':
      return stop(state);
    case 'skip':
      if (phase.name === 'wrapUp') return next(state, moment, [{ type: 'cancel-wake' }]);
      if (phase.name !== 'dialing' || phase.skipped) return stay(state);
      return [{ ...state, phase: { ...phase, skipped: true } }, [{ type: 'hang-up' }]];
    case 'ready-now':
      return phase.name === 'wrapUp' ? next(state, moment, [{ type: 'cancel-wake' }]) : stay(state);
    case 'tick':
      return phase.name === 'wrapUp' && moment.now >= phase.endsAt ? next(state, moment, []) : stay(state);
    case 'retry':
      return retry(state, moment);
    case 'set-wrap-up':
      return stay({ ...state, wrapUpMs: Math.min(MAX_WRAP_UP_MS, Math.max(0, Math.round(event.ms))) });
    case 'queue':
      return queueCame(state, event.queue, event.opened, moment);
    case 'requeued':
      return requeued(state, event.leadId);
    case 'queue-failed':
      if (phase.name !== 'starting') return stay(state);
      return paused(state, event.reason, event.message, moment);
    case 'connected':
      if (phase.name !== 'dialing' || phase.callId !== event.callId) return stay(state);
      return stay({ ...state, phase: { name: 'talking', lead: phase.lead, callId: phase.callId } });
    case 'ended':
      return ended(state, event.callId, event.end, moment);
    case 'not-dialed':
      return notDialed(state, event, moment);
    case 'recover':
      return recover(state, moment);
    default:
      return assertUnreachable(event);
  }
}

function stay(state: DialerState): DialerStep {
  return [state, []];
}

function start(state: DialerState, sheetId: string): DialerStep {
  const { name } = state.phase;
  if (name !== 'idle' && name !== 'stopped' && name !== 'finished') return stay(state);
  const fresh: DialerState = {
    ...NOT_DIALING,
    wrapUpMs: state.wrapUpMs,
    sheetId,
    phase: { name: 'starting', opening: true },
  };
  return [fresh, [{ type: 'open-queue', sheetId, takeOver: false }]];
}

function pause(
  state: DialerState,
  reason: PauseReason,
  message: string | null,
  moment: DialerMoment,
): DialerStep {
  const { phase } = state;
  if (isInCall(phase)) {
    // Stop stays stop, and the first reason is the one to tell.
    return stay(state.afterCall ? state : { ...state, afterCall: { pause: reason, message } });
  }
  if (phase.name !== 'starting' && phase.name !== 'wrapUp') return stay(state);
  const [next, effects] = paused(state, reason, message, moment);
  const wake: DialerEffect[] = phase.name === 'wrapUp' ? [{ type: 'cancel-wake' }] : [];
  return [next, [...wake, ...tell(state, 'paused'), ...effects]];
}

function resume(state: DialerState): DialerStep {
  const { phase, sheetId } = state;
  if (isInCall(phase) && state.afterCall !== null && state.afterCall !== 'stop') {
    return stay({ ...state, afterCall: null });
  }
  if (phase.name !== 'paused' || !sheetId) return stay(state);
  const takeOver = phase.reason === 'taken-over' || phase.reason === 'dialed-elsewhere';
  return [
    { ...state, ...AFRESH, phase: { name: 'starting', opening: true } },
    [{ type: 'open-queue', sheetId, takeOver }],
  ];
}

function stop(state: DialerState): DialerStep {
  const { phase } = state;
  if (isInCall(phase)) return stay({ ...state, afterCall: 'stop' });
  if (phase.name === 'idle' || phase.name === 'stopped') return stay(state);
  const wake: DialerEffect[] = phase.name === 'wrapUp' ? [{ type: 'cancel-wake' }] : [];
  return [{ ...state, phase: { name: 'stopped' } }, [...wake, ...tell(state, 'stopped')]];
}

function retry(state: DialerState, moment: DialerMoment): DialerStep {
  const { phase, last, sheetId } = state;
  if (!last || !sheetId) return stay(state);
  if (phase.name !== 'wrapUp' && phase.name !== 'paused' && phase.name !== 'finished') return stay(state);
  const wake: DialerEffect[] = phase.name === 'wrapUp' ? [{ type: 'cancel-wake' }] : [];
  // Who retries from a pause wants this one call, not the whole queue.
  const afterCall = phase.name === 'paused' ? { pause: phase.reason, message: phase.message } : null;
  return dial({ ...state, afterCall }, last.lead, moment, wake, last.callId);
}

function queueCame(state: DialerState, queue: Queue, opened: boolean, moment: DialerMoment): DialerStep {
  if (queue.sheet.id !== state.sheetId) return stay(state);
  const upcoming = queue.upcoming.filter(({ id }) => !state.attempted.has(id));
  const known: DialerState = { ...state, queue, upcoming, ...(opened && { recoverUntil: null }) };
  // An older answer about a queue that is only being opened does not make it ours.
  if (state.phase.name !== 'starting' || (state.phase.opening && !opened)) return stay(known);
  const effects = opened ? tell(state, 'running') : [];
  const [lead] = upcoming;
  if (lead) return dial(known, lead, moment, effects);
  const { total, remaining, done, skipped } = queue.counts;
  const isFiled = state.owed.size === 0 || total === remaining + done + skipped;
  if (isFiled) return [{ ...known, owed: new Set(), phase: { name: 'finished' } }, effects];
  const waiting: DialerPhase = { name: 'starting', opening: false };
  return [{ ...known, phase: waiting }, [...effects, { type: 'ask-later', sheetId: queue.sheet.id }]];
}

function requeued(state: DialerState, leadId: string): DialerStep {
  const attempted = without(state.attempted, leadId);
  const refresh: DialerEffect[] = state.sheetId ? [{ type: 'refresh-queue', sheetId: state.sheetId }] : [];
  return [{ ...state, attempted }, refresh];
}

function next(state: DialerState, moment: DialerMoment, effects: readonly DialerEffect[]): DialerStep {
  const [lead] = state.upcoming;
  if (lead) return dial(state, lead, moment, effects);
  if (!state.sheetId) return stay(state);
  const refresh: DialerEffect = { type: 'refresh-queue', sheetId: state.sheetId };
  return [{ ...state, phase: { name: 'starting', opening: false } }, [...effects, refresh]];
}

function dial(
  state: DialerState,
  lead: Lead,
  { callId }: DialerMoment,
  effects: readonly DialerEffect[],
  retryOf: string | null = null,
): DialerStep {
  if (!state.sheetId) return stay(state);
  const dialing: DialerState = {
    ...state,
    phase: { name: 'dialing', lead, callId, skipped: false },
    upcoming: state.upcoming.filter(({ id }) => id !== lead.id),
    attempted: new Set(state.attempted).add(lead.id),
    owed: without(state.owed, lead.id),
    last: { lead, callId },
  };
  return [dialing, [...effects, { type: 'dial', sheetId: state.sheetId, lead, callId, retryOf }]];
}

function ended(state: DialerState, callId: string, end: CallEnd, moment: DialerMoment): DialerStep {
  const { phase } = state;
  if (!isInCall(phase) || phase.callId !== callId) return stay(state);
  const { lead } = phase;
  const result: DialResult = { lead, callId, ...end, at: moment.now };
  const over: DialerState = {
    ...state,
    ...faultsAfter(state, end.fault),
    ...(isUndone(end) && {
      attempted: without(state.attempted, lead.id),
      owed: new Set(state.owed).add(lead.id),
    }),
    afterCall: null,
    results: [result, ...state.results].slice(0, MAX_RESULTS),
  };
  if (state.afterCall) return afterCall(over, state.afterCall, moment);
  const reason = reasonToPause(over, end.fault);
  if (reason) return afterCall(over, { pause: reason, message: end.cause }, moment);
  const skipped = phase.name === 'dialing' && phase.skipped;
  if (state.wrapUpMs === 0 || skipped) return next(over, moment, []);
  const endsAt = moment.now + state.wrapUpMs;
  return [{ ...over, phase: { name: 'wrapUp', lead, callId, endsAt } }, [{ type: 'wake-at', at: endsAt }]];
}

function afterCall(
  state: DialerState,
  what: NonNullable<DialerState['afterCall']>,
  moment: DialerMoment,
): DialerStep {
  if (what === 'stop') return [{ ...state, phase: { name: 'stopped' } }, tell(state, 'stopped')];
  const [next, effects] = paused(state, what.pause, what.message, moment);
  return [next, [...tell(state, 'paused'), ...effects]];
}

function notDialed(
  state: DialerState,
  { callId, why, message }: Extract<DialerEvent, { type: 'not-dialed' }>,
  moment: DialerMoment,
): DialerStep {
  const { phase, sheetId } = state;
  if (!isInCall(phase) || phase.callId !== callId || !sheetId) return stay(state);
  const over: DialerState = { ...state, afterCall: null };
  if (why === 'lead-not-available') {
    if (state.afterCall) return afterCall(over, state.afterCall, moment);
    // The look-ahead is out of date.
    return next({ ...over, upcoming: [] }, moment, []);
  }
  // No INVITE left, so the lead has not been tried.
  const attempted = without(state.attempted, phase.lead.id);
  const undone: DialerState = { ...over, attempted, setbacks: state.setbacks + 1 };
  if (state.afterCall === 'stop') return afterCall(undone, 'stop', moment);
  return afterCall(undone, { pause: why, message }, moment);
}

function without(leads: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const rest = new Set(leads);
  rest.delete(id);
  return rest;
}

function tell(state: DialerState, to: 'running' | 'paused' | 'stopped'): readonly DialerEffect[] {
  return state.sheetId ? [{ type: 'tell-state', sheetId: state.sheetId, state: to }] : [];
}
