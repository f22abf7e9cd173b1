import { z } from 'zod';
import { instantSchema } from '../core/common';
import { defineEndpoint } from '../core/endpoint';

export const iceServerSchema = z.object({
  urls: z.union([z.string().max(300), z.array(z.string().max(300)).max(8)]),
  username: z.string().max(200).optional(),
  credential: z.string().max(200).optional(),
});
export type IceServer = z.infer<typeof iceServerSchema>;

/** What the agent's own phone needs to register. Kept in memory by the page, never stored. */
export const softphoneCredentialsSchema = z.object({
  /** Absolute `wss:` address, or a path such as `/sip` below the page's own origin. */
  wsUrl: z.string(),
  domain: z.string(),
  /** User part of the address of record. */
  sipUsername: z.string(),
  /** Digest user name (RFC 8760); with the bundled switch `<unix expiry>:<sipUsername>:<session>:<its unix end>`. */
  authUsername: z.string(),
  password: z.string(),
  /** When the switch stops taking them; null for accounts that do not expire. */
  expiresAt: instantSchema.nullable(),
  iceServers: z.array(iceServerSchema),
});
export type SoftphoneCredentials = z.infer<typeof softphoneCredentialsSchema>;

export const softphoneEndpoints = {
  credentials: defineEndpoint({
    id: 'softphone.credentials',
    method: 'get',
    path: '/softphone/credentials',
    access: 'phone:use',
    summary: 'SIP credentials for your own phone: short-lived on the bundled switch.',
    status: 200,
    response: softphoneCredentialsSchema,
    errors: ['no-agent-profile', 'no-sip-account'],
  }),
};
