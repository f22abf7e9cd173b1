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
  'lead-not-available',
  'dialed-elsewhere',
  'taken-over',
  'sheet-unreadable',
  'recording-unreadable',
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
