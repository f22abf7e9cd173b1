import { isUndone, type Lead, type Queue } from '@outdial/contracts';
import type { DialerPhase, DialerState, DialResult } from '@outdial/telephony';

/** The lead the agent deals with now, and what it is to them. */
export interface PresentLead {
  readonly lead: Lead;
  readonly is: 'current' | 'next';
}

export function presentLead(phase: DialerPhase | undefined, upcoming: readonly Lead[]): PresentLead | null {
  if (phase?.name === 'dialing' || phase?.name === 'talking' || phase?.name === 'wrapUp')
    return { lead: phase.lead, is: 'current' };
  const [next] = upcoming;
  return next ? { lead: next, is: 'next' } : null;
}

/** Dialing, or about to: the primary action is to pause. */
export function isRunning(phase: DialerPhase): boolean {
  return ['starting', 'dialing', 'talking', 'wrapUp'].includes(phase.name);
}

/** Which commands make sense now. */
export function possibleCommands({
  phase,
  afterCall,
  last,
}: Pick<DialerState, 'phase' | 'afterCall' | 'last'>) {
  const running = isRunning(phase);
  const pausing = afterCall !== null && afterCall !== 'stop';
  return {
    start: ['idle', 'stopped', 'finished'].includes(phase.name),
    pause: running && !pausing && afterCall !== 'stop',
    resume: phase.name === 'paused' || (running && pausing),
    stop: phase.name !== 'idle' && phase.name !== 'stopped' && afterCall !== 'stop',
    skip: phase.name === 'dialing' && !phase.skipped,
    readyNow: phase.name === 'wrapUp',
    retry: last !== null && ['wrapUp', 'paused', 'finished'].includes(phase.name),
  };
}

/** The pace of fewer leads says nothing of the rest. */
const TELLING = 10;

/** Milliseconds until the sheet is done at the present pace, or null while nobody can tell. */
export function timeLeft(queue: Pick<Queue, 'counts' | 'averageHandleMs'>): number | null {
  if (queue.averageHandleMs === null || queue.counts.remaining === 0 || queue.counts.done < TELLING)
    return null;
  return queue.averageHandleMs * queue.counts.remaining;
}

export interface RecentResult {
  readonly lead: Lead;
  readonly callId: string;
  readonly status: NonNullable<Lead['lastStatus']>;
  readonly at: string;
  /** Nobody was reached, and not for want of an answer: the lead waits again. */
  readonly waitsAgain: boolean;
}

/** Last results, newest first: this page's own, which are known at once, then the server's of before. */
export function recentResults(own: readonly DialResult[], recent: readonly Lead[]): RecentResult[] {
  const mine = own.map(({ lead, callId, status, at, ...end }) => ({
    lead,
    callId,
    status,
    at: new Date(at).toISOString(),
    waitsAgain: isUndone(end),
  }));
  const seen = new Set(mine.map(({ callId }) => callId));
  const before = recent.flatMap((lead) => {
    const { lastCallId, lastStatus, lastCallAt } = lead;
    if (!lastCallId || !lastStatus || !lastCallAt || lastStatus === 'in-progress' || seen.has(lastCallId))
      return [];
    return [{ lead, callId: lastCallId, status: lastStatus, at: lastCallAt, waitsAgain: false }];
  });
  return [...mine, ...before];
}
