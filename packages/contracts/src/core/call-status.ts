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
export const endedStatusSchema = callStatusSchema.exclude(['in-progress']);
export type EndedStatus = z.infer<typeof endedStatusSchema>;
