import type { Role, User } from '@outdial/contracts';
import type { Prisma } from '../../db/generated/client';

export const userInclude = { agent: { include: { team: true } } } satisfies Prisma.UserInclude;
export type UserRow = Prisma.UserGetPayload<{ include: typeof userInclude }>;

export const toUser = (row: UserRow): User => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.roleKey as Role,
  extension: row.agent?.extension ?? null,
  team: row.agent?.team?.name ?? null,
  createdAt: row.createdAt.toISOString(),
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  disabledAt: row.disabledAt?.toISOString() ?? null,
  oneTimePasswordUntil: row.oneTimePasswordUntil?.toISOString() ?? null,
});
