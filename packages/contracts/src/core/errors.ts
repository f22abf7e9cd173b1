import { z } from 'zod';

/** How an answer with this code is sent, and how loudly it is logged. */
interface ErrorKind {
  readonly status: number;
  /** `info`: the caller's business. `warn`: worth a look. `error`: a fault of ours. */
  readonly level: 'info' | 'warn' | 'error';
}

const asked = (status: number): ErrorKind => ({ status, level: 'info' });
const fault = (status: number): ErrorKind => ({ status, level: 'error' });

/** Stable codes a program may rely on; the message beside them is for a person. */
export const ERRORS = {
  validation: asked(400),
  unauthenticated: asked(401),
  'wrong-credentials': asked(401),
  forbidden: asked(403),
  /** Told only to who knows the password. */
  'account-disabled': asked(403),
  /** A one-time password that was not used in time. */
  'password-expired': asked(403),
  'password-change-required': asked(403),
  'cross-site-request': { status: 403, level: 'warn' },
  'number-refused': asked(403),
  'not-found': asked(404),
  conflict: asked(409),
  'email-taken': asked(409),
  'own-account': asked(409),
  'last-superadmin': asked(409),
  'no-agent-profile': asked(409),
  'no-sip-account': asked(409),
  'lead-not-available': asked(409),
  'dialed-elsewhere': asked(409),
  'taken-over': asked(409),
  'payload-too-large': asked(413),
  'sheet-unreadable': asked(422),
  'recording-unreadable': { status: 422, level: 'warn' },
  /** Its bytes do not have the sum that came with them. */
  'chunk-damaged': { status: 422, level: 'warn' },
  'rate-limited': asked(429),
  internal: fault(500),
  unavailable: fault(503),
  'storage-full': fault(507),
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERRORS;
export const errorCodeSchema = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]);

/** Body of every answer that is not a success. */
export const errorBodySchema = z.object({
  success: z.literal(false),
  code: errorCodeSchema,
  message: z.string(),
  details: z.unknown().optional(),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;
