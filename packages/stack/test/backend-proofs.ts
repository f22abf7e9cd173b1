import { createHash, createHmac, randomUUID } from 'node:crypto';

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** The session that connections are opened for, unless a test says another. */
export const SESSION = 'session-1';

const unixNow = () => Math.floor(Date.now() / 1000);

/** Credentials as the backend issues them: HMAC-SHA1 over the user, `<expiry>:<SIP user>:<session>:<its end>`. */
export function ephemeral(
  secret: string,
  sipUser: string,
  { expiresIn = 600, session = SESSION, sessionEndsIn = 43_200 } = {},
): Credentials {
  const user = `${unixNow() + expiresIn}:${sipUser}:${session}:${unixNow() + sessionEndsIn}`;
  return { user, password: createHmac('sha1', secret).update(user).digest('base64') };
}

/** As `seal` of the backend and `route[SEAL]` of the switch. */
export function seal(secret: string, text: string): string {
  const sha256 = (input: string) => createHash('sha256').update(input).digest('hex');
  return sha256(secret + sha256(secret + text));
}

/** The header that lets a call out, as the backend answers a claim. */
export function claim(
  secret: string,
  sipUser: string,
  number: string,
  { callId = randomUUID() as string, age = 0 } = {},
): string {
  const issued = unixNow() - age;
  return `X-Outdial-Claim: ${issued}.${callId}.${seal(secret, `claim:${issued}:${callId}:${sipUser}:${number}`)}`;
}
