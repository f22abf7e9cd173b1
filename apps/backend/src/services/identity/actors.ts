import type { Role } from '@outdial/contracts';
import type { Db } from '../../db/client';
import type { Actor } from '../../work/actor';
import { scopeOf } from '../../work/scope';
import type { AccessService } from './access.service';

/** Somebody with a session, and what decides whether it may be used. */
export interface Holder {
  readonly actor: Actor;
  readonly lastSeenAt: Date | null;
  readonly disabledAt: Date | null;
  readonly oneTimePasswordUntil: Date | null;
}

/** Reads who a session belongs to. */
export async function holderOf(
  db: Db,
  access: AccessService,
  userId: string,
  sessionId: string,
): Promise<Holder> {
  const user = await db.user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      organizationId: true,
      name: true,
      roleKey: true,
      lastSeenAt: true,
      disabledAt: true,
      oneTimePasswordUntil: true,
      agent: { select: { id: true, teamId: true, sipUsername: true } },
      teams: { select: { teamId: true } },
    },
  });
  const { organizationId, name, agent, lastSeenAt, disabledAt, oneTimePasswordUntil } = user;
  const role = user.roleKey as Role;
  const permissions = await access.permissionsOf(organizationId, role);
  const teamIds = user.teams.map(({ teamId }) => teamId);
  const scope = scopeOf(permissions, teamIds, agent?.id ?? null);
  const mustChoosePassword = oneTimePasswordUntil !== null;
  const who = { kind: 'user', userId, sessionId, organizationId, name, role } as const;
  const actor = { ...who, permissions, agent, scope, mustChoosePassword };
  return { actor, lastSeenAt, disabledAt, oneTimePasswordUntil };
}
