import { z } from 'zod';
import { idSchema, instantSchema, pageOf, pageQuerySchema } from '../core/common';
import { defineEndpoint } from '../core/endpoint';
import { ROLES } from './permissions';

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
});
export type User = z.infer<typeof userSchema>;

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
