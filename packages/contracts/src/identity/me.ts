import { z } from 'zod';
import { idSchema } from '../core/common';
import { defineEndpoint } from '../core/endpoint';
import { SETTINGS } from '../platform/settings';
import { PERMISSIONS, ROLES } from './permissions';

export const dialerSettingsSchema = z.object({
  /** Pause after each call for notes, in seconds; 0 dials the next lead at once. */
  wrapUpSeconds: SETTINGS['dialer.wrap-up-seconds'].schema,
  /** How long a call may ring before it counts as no-answer, in seconds. */
  ringTimeoutSeconds: SETTINGS['dialer.ring-timeout-seconds'].schema,
});
export type DialerSettings = z.infer<typeof dialerSettingsSchema>;

export const meSchema = z.object({
  user: z.object({ id: idSchema, name: z.string(), email: z.string(), role: z.enum(ROLES) }),
  organization: z.object({
    id: idSchema,
    name: z.string(),
    /** ISO 3166-1 alpha-2; how numbers without a country code are read. */
    defaultCountry: z.string().length(2),
  }),
  /** The session that asks: whose connections the page's server opens to the switch. */
  session: z.object({ id: idSchema }),
  permissions: z.array(z.enum(PERMISSIONS)),
  /** Null for people without a phone. */
  agent: dialerSettingsSchema.extend({ id: idSchema, extension: z.string() }).nullable(),
});
export type Me = z.infer<typeof meSchema>;

export const meEndpoints = {
  show: defineEndpoint({
    id: 'me.show',
    method: 'get',
    path: '/me',
    access: 'signed-in',
    summary: 'Who you are, what you may do, and your phone settings.',
    status: 200,
    response: meSchema,
    errors: [],
  }),
  updateDialerSettings: defineEndpoint({
    id: 'me.updateDialerSettings',
    method: 'patch',
    path: '/me/dialer-settings',
    access: 'phone:use',
    summary: 'Change your wrap-up time or ring time.',
    body: dialerSettingsSchema.partial(),
    status: 200,
    response: dialerSettingsSchema,
    errors: ['no-agent-profile'],
  }),
};
