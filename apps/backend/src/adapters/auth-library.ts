import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { v7 as uuidv7 } from 'uuid';
import type { Db } from '../db/client';
import { passwordHasher } from './password';

/** Header that carries the client's address, as Express made it out, into the auth library. */
export const CLIENT_IP_HEADER = 'x-outdial-client-ip';

const HOUR = 60 * 60;

/**
 * The sign-in library. Its own HTTP handler is not mounted: our endpoints call it, so that validation, errors
 * and the rule that no answer holds a token are the same everywhere (docs/adr/0003).
 */
export function createAuthLibrary(db: Db, { secret, webUrl }: { secret: string; webUrl: string }) {
  return betterAuth({
    secret,
    baseURL: webUrl,
    database: prismaAdapter(db, { provider: 'mysql' }),
    emailAndPassword: { enabled: true, disableSignUp: true, password: passwordHasher },
    session: { expiresIn: 12 * HOUR, updateAge: HOUR / 12 },
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
