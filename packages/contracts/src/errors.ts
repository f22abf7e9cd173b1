import { z } from 'zod';

/** Stable codes a program may rely on; the message beside them is for a person. */
export const ERROR_CODES = [
  'validation',
  'unauthenticated',
  'forbidden',
  'cross-site-request',
  'not-found',
  'conflict',
  'rate-limited',
  'payload-too-large',
  'wrong-credentials',
  'no-agent-profile',
  'no-sip-account',
  'call-in-progress',
  'lead-not-available',
  'dialed-elsewhere',
  'taken-over',
  'already-imported',
  'sheet-unreadable',
  'recording-unreadable',
  'invalid-number',
  'unavailable',
  'internal',
] as const;

export const errorCodeSchema = z.enum(ERROR_CODES);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/** Body of every answer that is not a success. */
export const errorBodySchema = z.object({
  success: z.literal(false),
  code: errorCodeSchema,
  message: z.string(),
  details: z.unknown().optional(),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;
