import { createHmac } from 'node:crypto';
import type { SoftphoneCredentials } from '@outdial/contracts';
import { SESSION_LIFETIME_S } from '../../adapters/auth-library';
import type { Clock } from '../../adapters/clock';
import { type SecretBox, sipPasswordContext } from '../../adapters/secret-box';
import type { Db } from '../../db/client';
import { forOrganization } from '../../db/tenant';
import { AppError } from '../../errors/app-error';
import { type Actor, requireAgent } from '../../work/actor';
import type { SipServer } from './sip-server';
import { proofOfEnd } from './switch-proofs';

const LIFETIME_SECONDS = 15 * 60;

/** How long the switch may take to answer; the job is done again when it does not. */
const CONTROL_MS = 2_000;

const unix = (at: Date): number => Math.floor(at.getTime() / 1000);

/** Gives an agent's own phone what it needs to register, and takes it away again. */
export class SoftphoneService {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly secrets: SecretBox,
    private readonly server: SipServer,
  ) {}

  /**
   * With the bundled switch: a password that dies in a quarter of an hour, base64 HMAC-SHA1 of
   * `<expiry>:<user>:<session>:<end of the session>` (Kamailio's auth_ephemeral; draft-uberti-behave-turn-rest). It is
   * good on connections that were opened for that session, and the switch closes them at its end. Otherwise the stored
   * account.
   */
  async credentials(actor: Actor): Promise<SoftphoneCredentials> {
    const { id } = requireAgent(actor);
    const agent = await forOrganization(this.db, actor.organizationId).agentProfile.findFirstOrThrow({
      where: { id },
    });
    const { domain, iceServers } = this.server;
    const common = { domain, sipUsername: agent.sipUsername, iceServers: [...iceServers] };
    if (this.server.kind === 'bundled') {
      const expiry = unix(this.clock.now()) + LIFETIME_SECONDS;
      const end = await this.#endOfSession(actor);
      const authUsername = [expiry, agent.sipUsername, actor.sessionId, unix(end)].join(':');
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

  /**
   * Has the switch close the phones of a session that has ended, end their calls, and refuse what they come back with.
   * @throws when the switch does not answer that it did
   */
  async signOut(sessionId: string): Promise<void> {
    if (this.server.kind === 'external') return;
    const { controlUrl, switchSecret } = this.server;
    const { ok, status } = await fetch(new URL(`/sessions/${sessionId}/end`, controlUrl), {
      method: 'POST',
      headers: { authorization: proofOfEnd(switchSecret, sessionId) },
      signal: AbortSignal.timeout(CONTROL_MS),
    });
    if (!ok) throw new Error(`The switch answered ${status} to the end of a session.`);
  }

  /** As it stands: it slides with each use, up to its longest life. */
  async #endOfSession({ sessionId }: Actor): Promise<Date> {
    const session = await this.db.session.findUnique({
      where: { id: sessionId },
      select: { createdAt: true, expiresAt: true },
    });
    if (!session) throw new AppError('unauthenticated', 'Sign in first.');
    const longest = session.createdAt.getTime() + SESSION_LIFETIME_S * 1000;
    return new Date(Math.min(session.expiresAt.getTime(), longest));
  }
}
