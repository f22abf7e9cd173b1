/**
 * Moments of a call on the browser's performance timeline, so that what the agent waits for can be measured (bench,
 * DevTools) without a probe in the code: `performance.getEntriesByName('outdial:invite-sent')`, the call's UUID in
 * `detail.callId`.
 */
export type CallMark = 'dial' | 'invite-sent' | 'ringing' | 'connected' | 'ended';

/** Older marks are dropped, or a day of calls would pile them up. */
const KEEP = 500;
let made = 0;

export function markCall(moment: CallMark, callId: string): void {
  if (++made % KEEP === 0) {
    for (const name of ['dial', 'invite-sent', 'ringing', 'connected', 'ended']) {
      performance.clearMarks(`outdial:${name}`);
    }
  }
  performance.mark(`outdial:${moment}`, { detail: { callId } });
}
