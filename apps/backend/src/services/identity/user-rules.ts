import { ROLES, type Role } from '@outdial/contracts';
import { AppError } from '../../errors/app-error';
import type { Worker } from '../../work/actor';
import type { Unit } from '../../work/draft';

interface StandingRow {
  readonly id: string;
  readonly role: Role;
  readonly disabledAt: Date | null;
}

/**
 * Nobody makes, disables or resets who may do more than they: an organization may have given `user:manage` to managers.
 * @throws AppError `forbidden`
 */
export function requireRank(worker: Worker, role: Role): void {
  if (worker.kind === 'system' || ROLES.indexOf(worker.role) >= ROLES.indexOf(role)) return;
  throw new AppError('forbidden', `Your role may not do this to a ${role}. Ask a superadmin.`);
}

/** @throws AppError `own-account` */
export function requireOther(worker: Worker, userId: string, message: string): void {
  if (worker.kind === 'user' && worker.userId === userId) throw new AppError('own-account', message);
}

/**
 * Holds the superadmins of the organization for the rest of the unit: two who disable each other at the same moment
 * leave one.
 * @throws AppError `last-superadmin`
 */
export async function requireAnotherSuperadmin({ tx, actor }: Unit, userId: string): Promise<void> {
  const superadmins = await tx.$queryRaw<StandingRow[]>`SELECT id, role, disabledAt FROM user
    WHERE organizationId = ${actor.organizationId} AND role = 'superadmin' ORDER BY id FOR UPDATE`;
  if (superadmins.some(({ id, disabledAt }) => id !== userId && disabledAt === null)) return;
  throw new AppError(
    'last-superadmin',
    'This is the only superadmin who may sign in. Make or enable another first.',
  );
}
