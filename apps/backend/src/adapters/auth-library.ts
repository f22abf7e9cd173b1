import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { v7 as uuidv7 } from 'uuid';
import type { Db } from '../db/client';
import { hashedTokens } from './hashed-tokens';
import { passwordHasher } from './password';

/** Header that carries the client's address, as Express made it out, into the auth library. */
export const CLIENT_IP_HEADER = 'x-outdial-client-ip';

const HOUR = 60 * 60;

/** A session nobody uses for this long is over, in seconds. */
const IDLE_S = 12 * HOUR;
/** However much it is used, one signs in again after this, in seconds. The cookie lives as long. */
export const SESSION_LIFETIME_S = 7 * 24 * HOUR;

/**
 * The sign-in library. Its own HTTP handler is not mounted: our endpoints call it, so that validation, errors
 * and the rule that no answer holds a token are the same everywhere (docs/adr/0003).
 */
export function createAuthLibrary(db: Db, { secret, webUrl }: { secret: string; webUrl: string }) {
  return betterAuth({
    secret,
    baseURL: webUrl,
    database: hashedTokens(prismaAdapter(db, { provider: 'mysql' })),
    emailAndPassword: { enabled: true, disableSignUp: true, password: passwordHasher },
    session: { expiresIn: IDLE_S, updateAge: HOUR / 12 },
    user: {
      additionalFields: {
        organizationId: { type: 'number', input: false },
        roleKey: { type: 'string', input: false },
      },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      cookiePrefix: 'outdial',
      useSecureCookies: webUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [CLIENT_IP_HEADER] },
      database: { generateId: () => uuidv7() },
    },
  });
}

export type AuthLibrary = ReturnType<typeof createAuthLibrary>;
