import type { DialerSettings, Me, Settings } from '@outdial/contracts';
import type { Db } from '../../db/client';
import { publicId } from '../../db/public-ids';
import { forOrganization } from '../../db/tenant';
import { type Actor, requireAgent } from '../../work/actor';
import type { Units } from '../../work/units';
import type { SettingsService } from '../platform/settings.service';

interface OwnSettings {
  readonly wrapUpSeconds: number | null;
  readonly ringTimeoutSeconds: number | null;
}

type DialerSettingsChange = { readonly [K in keyof DialerSettings]?: DialerSettings[K] | undefined };

const own = { wrapUpSeconds: true, ringTimeoutSeconds: true } as const;

/** The signed-in user's own view: identity, organization, phone settings. */
export class MeService {
  constructor(
    private readonly db: Db,
    private readonly units: Units,
    private readonly settings: SettingsService,
  ) {}

  async show(actor: Actor): Promise<Me> {
    const [user, settings] = await Promise.all([
      forOrganization(this.db, actor.organizationId).user.findUniqueOrThrow({
        where: { id: actor.userId },
        include: { agent: true, organization: true },
      }),
      this.settings.of(actor.organizationId),
    ]);
    const { organization, agent } = user;
    return {
      user: { id: user.id, name: user.name, email: user.email, role: actor.role },
      organization: {
        id: publicId('organization', organization.id),
        name: organization.name,
        defaultCountry: settings['dialing.default-country'],
      },
      session: { id: actor.sessionId },
      permissions: [...actor.permissions],
      agent: agent && {
        id: publicId('agent', agent.id),
        extension: agent.extension,
        ...dialerSettings(agent, settings),
      },
    };
  }

  async updateDialerSettings(actor: Actor, change: DialerSettingsChange): Promise<DialerSettings> {
    const { id } = requireAgent(actor);
    const settings = await this.settings.of(actor.organizationId);
    return this.units.run(actor, async ({ tx, audit }) => {
      const before = await tx.agentProfile.findFirstOrThrow({ where: { id }, select: own });
      const data = {
        ...(change.wrapUpSeconds !== undefined && { wrapUpSeconds: change.wrapUpSeconds }),
        ...(change.ringTimeoutSeconds !== undefined && { ringTimeoutSeconds: change.ringTimeoutSeconds }),
      };
      await tx.agentProfile.updateMany({ where: { id }, data });
      const subject = { kind: 'agent', id: publicId('agent', id) };
      audit({ action: 'agent.dialer-settings-changed', subject, before, after: data });
      return dialerSettings({ ...before, ...data }, settings);
    });
  }
}

function dialerSettings(agent: OwnSettings, organization: Settings): DialerSettings {
  return {
    wrapUpSeconds: agent.wrapUpSeconds ?? organization['dialer.wrap-up-seconds'],
    ringTimeoutSeconds: agent.ringTimeoutSeconds ?? organization['dialer.ring-timeout-seconds'],
  };
}
