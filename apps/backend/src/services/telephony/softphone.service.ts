import { createHmac } from 'node:crypto';
import type { IceServer, SoftphoneCredentials } from '@outdial/contracts';
import type { Clock } from '../../adapters/clock';
import { type SecretBox, sipPasswordContext } from '../../adapters/secret-box';
import type { Db } from '../../db/client';
import { forOrganization } from '../../db/tenant';
import { AppError } from '../../errors/app-error';
import { type Actor, requireAgent } from '../../work/actor';

const LIFETIME_SECONDS = 15 * 60;

/** The bundled switch and its shared secret, or somebody else's SIP-over-WebSocket server. */
export type SipServer = { readonly domain: string; readonly iceServers: readonly IceServer[] } & (
  | { readonly kind: 'bundled'; readonly ephemeralSecret: string }
  | { readonly kind: 'external'; readonly wsUrl: string }
);

/** Gives an agent's own phone what it needs to register. */
export class SoftphoneService {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly secrets: SecretBox,
    private readonly server: SipServer,
  ) {}

  /**
   * With the bundled switch: a password that dies in a quarter of an hour, base64 HMAC-SHA1 of
   * `<expiry>:<user>` (Kamailio's auth_ephemeral; draft-uberti-behave-turn-rest). Otherwise the stored account.
   */
  async credentials(actor: Actor): Promise<SoftphoneCredentials> {
    const { id } = requireAgent(actor);
    const agent = await forOrganization(this.db, actor.organizationId).agentProfile.findFirstOrThrow({
      where: { id },
    });
    const { domain, iceServers } = this.server;
    const common = { domain, sipUsername: agent.sipUsername, iceServers: [...iceServers] };
    if (this.server.kind === 'bundled') {
      const expiry = Math.floor(this.clock.now().getTime() / 1000) + LIFETIME_SECONDS;
      const authUsername = `${expiry}:${agent.sipUsername}`;
      return {
        ...common,
        wsUrl: '/sip',
        authUsername,
        password: createHmac('sha1', this.server.ephemeralSecret).update(authUsername).digest('base64'),
        expiresAt: new Date(expiry * 1000).toISOString(),
      };
    }
    if (!agent.sipPasswordEncrypted)
      throw new AppError('no-sip-account', 'Your phone has no SIP password yet. Ask a superadmin to set it.');
    return {
      ...common,
      wsUrl: this.server.wsUrl,
      authUsername: agent.sipUsername,
      password: this.secrets.open(agent.sipPasswordEncrypted, sipPasswordContext(agent.id)),
      expiresAt: null,
    };
  }
}
