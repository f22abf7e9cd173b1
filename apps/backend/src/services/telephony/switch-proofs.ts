import { createHash } from 'node:crypto';

/**
 * Proves to the bundled switch that a text is the backend's; hex. SHA-256 twice, like HMAC (RFC 2104), so that nothing
 * can be appended: the switch can hash, but has no HMAC (`route[SEAL]` in `infra/kamailio/kamailio.cfg`).
 */
function seal(secret: string, text: string): string {
  const sha256 = (input: string) => createHash('sha256').update(input).digest('hex');
  return sha256(secret + sha256(secret + text));
}

export interface ClaimedCall {
  readonly id: string;
  readonly destination: string;
  readonly startedAt: string;
}

/** The claim of a call, the same whenever it is made: a repetition gives nobody a second one. */
export function claimOf(secret: string, sipUsername: string, call: ClaimedCall): string {
  const issued = Math.floor(Date.parse(call.startedAt) / 1000);
  const proof = seal(secret, `claim:${issued}:${call.id}:${sipUsername}:${call.destination}`);
  return `${issued}.${call.id}.${proof}`;
}

/** What the switch asks for with the news that a session has ended. */
export const proofOfEnd = (secret: string, sessionId: string): string =>
  seal(secret, `end-session:${sessionId}`);
