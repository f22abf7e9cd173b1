import { z } from 'zod';
import { idSchema, instantSchema, okSchema } from '../core/common';
import { defineEndpoint } from '../core/endpoint';
import { meSchema } from './me';

export const emailSchema = z.email('Give an email address, like name@company.com.').max(254).toLowerCase();

export const signInSchema = z.object({
  email: emailSchema,
  password: z.string().min(1, 'Give your password.').max(200),
});

/** A place where the user is signed in. The session's token is never part of an answer. */
export const sessionSchema = z.object({
  id: idSchema,
  current: z.boolean(),
  createdAt: instantSchema,
  lastSeenAt: instantSchema,
  expiresAt: instantSchema,
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
});
export type SessionInfo = z.infer<typeof sessionSchema>;

export const authEndpoints = {
  signIn: defineEndpoint({
    id: 'auth.signIn',
    method: 'post',
    path: '/auth/sign-in',
    access: 'public',
    summary: 'Sign in with email and password; sets the httpOnly session cookie.',
    body: signInSchema,
    status: 200,
    response: meSchema,
    errors: ['wrong-credentials', 'account-disabled', 'password-expired', 'rate-limited'],
  }),
  signOut: defineEndpoint({
    id: 'auth.signOut',
    method: 'post',
    path: '/auth/sign-out',
    access: 'signed-in',
    withOneTimePassword: true,
    summary: 'End this session and clear its cookie.',
    status: 200,
    response: okSchema,
    errors: [],
  }),
  listSessions: defineEndpoint({
    id: 'auth.listSessions',
    method: 'get',
    path: '/auth/sessions',
    access: 'signed-in',
    summary: 'Everywhere you are signed in.',
    status: 200,
    response: z.object({ items: z.array(sessionSchema) }),
    errors: [],
  }),
  revokeSession: defineEndpoint({
    id: 'auth.revokeSession',
    method: 'delete',
    path: '/auth/sessions/:sessionId',
    access: 'signed-in',
    summary: 'Sign one of your sessions out.',
    params: z.object({ sessionId: idSchema }),
    status: 200,
    response: okSchema,
    errors: ['not-found'],
  }),
  revokeOtherSessions: defineEndpoint({
    id: 'auth.revokeOtherSessions',
    method: 'post',
    path: '/auth/sessions/revoke-others',
    access: 'signed-in',
    summary: 'Sign out everywhere else.',
    status: 200,
    response: okSchema,
    errors: [],
  }),
};
