import type { DialerSettings, Me } from '@outdial/contracts';
import type { Db } from '../../db/client';
import { forOrganization } from '../../db/tenant';
import { type Actor, requireAgent } from '../../work/actor';

interface OwnSettings {
  wrapUpSeconds: number | null;
  ringTimeoutSeconds: number | null;
}

/** The signed-in user's own view: identity, organization, phone settings. */
export class MeService {
  constructor(private readonly db: Db) {}

  async show(actor: Actor): Promise<Me> {
    const user = await forOrganization(this.db, actor.organizationId).user.findUniqueOrThrow({
      where: { id: actor.userId },
      include: { agent: true, organization: { include: { settings: true } } },
    });
    const { organization, agent } = user;
    return {
      user: { id: user.id, name: user.name, email: user.email, role: actor.role },
      organization: {
        id: organization.id,
        name: organization.name,
        defaultCountry: organization.settings?.defaultCountry ?? 'US',
      },
      permissions: [...actor.permissions],
      agent: agent && {
        id: agent.id,
        extension: agent.extension,
        ...dialerSettings(agent, organization.settings),
      },
    };
  }

  async updateDialerSettings(
    actor: Actor,
    change: { [K in keyof DialerSettings]?: DialerSettings[K] | undefined },
  ): Promise<DialerSettings> {
    const id = requireAgent(actor);
    const db = forOrganization(this.db, actor.organizationId);
    const agent = await db.agentProfile.update({
      where: { id },
      data: {
        ...(change.wrapUpSeconds !== undefined && { wrapUpSeconds: change.wrapUpSeconds }),
        ...(change.ringTimeoutSeconds !== undefined && { ringTimeoutSeconds: change.ringTimeoutSeconds }),
      },
    });
    const settings = await db.organizationSettings.findUnique({
      where: { organizationId: actor.organizationId },
    });
    return dialerSettings(agent, settings);
  }
}

function dialerSettings(own: OwnSettings, organization: DialerSettings | null): DialerSettings {
  return {
    wrapUpSeconds: own.wrapUpSeconds ?? organization?.wrapUpSeconds ?? 5,
    ringTimeoutSeconds: own.ringTimeoutSeconds ?? organization?.ringTimeoutSeconds ?? 30,
  };
}
