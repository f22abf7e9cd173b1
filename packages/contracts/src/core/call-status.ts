import { z } from 'zod';

/** How a call ended on the line. `in-progress` until it has. */
export const CALL_STATUSES = [
  'in-progress',
  'answered',
  'busy',
  'no-answer',
  'rejected',
  'invalid-number',
  'failed',
  'cancelled',
] as const;
export const callStatusSchema = z.enum(CALL_STATUSES);
export type CallStatus = z.infer<typeof callStatusSchema>;

export const ENDED_STATUSES = CALL_STATUSES.filter(
  (status): status is Exclude<CallStatus, 'in-progress'> => status !== 'in-progress',
);
/** How far a call got: its INVITE left the browser, the network said that it rings, somebody answered. */
export const CALL_REACHES = ['not-sent', 'sent', 'ringing', 'answered'] as const;
export const callReachSchema = z.enum(CALL_REACHES);
export type CallReach = z.infer<typeof callReachSchema>;

/**
 * Whose fault a call's end was. `none`: the two who talked, or the one who did not answer; `local`: the agent's page,
 * browser or microphone; `switch`: the SIP server, its media relay, or the way there; `carrier`: whoever the switch sends
 * calls to; `server`: Outdial's API.
 */
export const CALL_FAULTS = ['none', 'local', 'switch', 'carrier', 'server'] as const;
export const callFaultSchema = z.enum(CALL_FAULTS);
export type CallFault = z.infer<typeof callFaultSchema>;

/** Whether nobody was reached, and not for want of an answer: the lead has not had its call. */
export function isUndone({ reached, fault }: { reached: CallReach; fault: CallFault }): boolean {
  return fault !== 'none' && reached !== 'answered';
}

export const endedStatusSchema = callStatusSchema.exclude(['in-progress']);
export type EndedStatus = z.infer<typeof endedStatusSchema>;
