import { z } from 'zod';
import { browserIdSchema, idSchema, instantSchema, pageOf, pageQuerySchema } from '../core/common';
import { defineEndpoint } from '../core/endpoint';
import { emailSchema } from './auth';
import { ORGANIZATION_ROLES, ROLES } from './permissions';

export const userSchema = z.object({
  id: idSchema,
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  extension: z.string().nullable(),
  team: z.string().nullable(),
  createdAt: instantSchema,
  /** When the user was last seen signed in; null if never. */
  lastSeenAt: instantSchema.nullable(),
  /** Since when the person may not sign in; null for who may. */
  disabledAt: instantSchema.nullable(),
  /** Until when the one-time password is taken; null for who has chosen a password. */
  oneTimePasswordUntil: instantSchema.nullable(),
});
export type User = z.infer<typeof userSchema>;

/** `id` is made by the browser: adding the same person again makes no second one, but another one-time password. */
export const newUserSchema = z.object({
  id: browserIdSchema,
  name: z.string().trim().min(1, 'Give a name.').max(120, 'Use at most 120 characters.'),
  email: emailSchema,
  role: z.enum(ORGANIZATION_ROLES),
  /** The team an agent is in, or a manager looks after. */
  teamId: idSchema.nullable().default(null),
});
export type NewUser = z.output<typeof newUserSchema>;

/** Answered once and never again. It signs in until `expiresAt`, and another must be chosen then. */
export const oneTimePasswordSchema = z.object({ password: z.string(), expiresAt: instantSchema });
export type OneTimePassword = z.infer<typeof oneTimePasswordSchema>;

export const teamSchema = z.object({ id: idSchema, name: z.string() });
export type Team = z.infer<typeof teamSchema>;

const sipUserPart = z
  .string()
  .trim()
  .min(1, 'Give the SIP username.')
  .max(64, 'Use at most 64 characters.')
  .regex(/^[A-Za-z0-9._~+-]+$/, 'Use letters, digits, dot, dash, underscore, tilde or plus.');

export const sipAccountSchema = z.object({
  extension: z
    .string()
    .trim()
    .regex(/^\d{1,10}$/, 'An extension is 1 to 10 digits.'),
  sipUsername: sipUserPart,
  /** Write-only: no answer ever carries it. Left out, the stored one stays. */
  sipPassword: z
    .string()
    .min(8, 'Use at least 8 characters.')
    .max(128, 'Use at most 128 characters.')
    .optional(),
});
export type SipAccount = z.infer<typeof sipAccountSchema>;

/** A SIP account as far as anyone may see it. */
export const storedSipAccountSchema = z.object({
  extension: z.string(),
  sipUsername: z.string(),
  hasSipPassword: z.boolean(),
});
export type StoredSipAccount = z.infer<typeof storedSipAccountSchema>;

export const usersEndpoints = {
  list: defineEndpoint({
    id: 'users.list',
    method: 'get',
    path: '/users',
    access: 'user:read',
    summary: 'People of your organization, by name.',
    query: pageQuerySchema.extend({
      search: z.string().trim().max(100).optional(),
      role: z.enum(ROLES).optional(),
    }),
    status: 200,
    response: pageOf(userSchema),
    errors: [],
  }),
  listTeams: defineEndpoint({
    id: 'users.listTeams',
    method: 'get',
    path: '/teams',
    access: 'user:read',
    summary: 'Teams of your organization, by name.',
    status: 200,
    response: z.object({ items: z.array(teamSchema) }),
    errors: [],
  }),
  create: defineEndpoint({
    id: 'users.create',
    method: 'post',
    path: '/users',
    access: 'user:manage',
    summary:
      'Add a person, who signs in with a one-time password. Agents get an extension and a phone account.',
    body: newUserSchema,
    status: 201,
    response: z.object({ user: userSchema, oneTimePassword: oneTimePasswordSchema }),
    errors: ['email-taken', 'conflict', 'not-found'],
  }),
  disable: defineEndpoint({
    id: 'users.disable',
    method: 'post',
    path: '/users/:userId/disable',
    access: 'user:manage',
    summary: 'Let a person sign in no more, and end their sessions. What they did stays.',
    params: z.object({ userId: idSchema }),
    status: 200,
    response: userSchema,
    errors: ['not-found', 'own-account', 'last-superadmin'],
  }),
  enable: defineEndpoint({
    id: 'users.enable',
    method: 'post',
    path: '/users/:userId/enable',
    access: 'user:manage',
    summary: 'Let a disabled person sign in again.',
    params: z.object({ userId: idSchema }),
    status: 200,
    response: userSchema,
    errors: ['not-found'],
  }),
  resetPassword: defineEndpoint({
    id: 'users.resetPassword',
    method: 'post',
    path: '/users/:userId/one-time-password',
    access: 'user:manage',
    summary: "Replace a person's password by a one-time password, and end their sessions.",
    params: z.object({ userId: idSchema }),
    status: 200,
    response: oneTimePasswordSchema,
    errors: ['not-found', 'own-account'],
  }),
  showSipAccount: defineEndpoint({
    id: 'users.showSipAccount',
    method: 'get',
    path: '/users/:userId/sip-account',
    access: 'user:manage-sip-account',
    summary: "An agent's extension and SIP account, without its password.",
    params: z.object({ userId: idSchema }),
    status: 200,
    response: storedSipAccountSchema,
    errors: ['not-found', 'no-agent-profile'],
  }),
  putSipAccount: defineEndpoint({
    id: 'users.putSipAccount',
    method: 'put',
    path: '/users/:userId/sip-account',
    access: 'user:manage-sip-account',
    summary:
      "Set an agent's extension and SIP account. The password is encrypted at rest and never shown again.",
    params: z.object({ userId: idSchema }),
    body: sipAccountSchema,
    status: 200,
    response: storedSipAccountSchema,
    errors: ['not-found', 'conflict', 'no-agent-profile'],
  }),
};
