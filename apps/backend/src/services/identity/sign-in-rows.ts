import { v7 as uuidv7 } from 'uuid';
import type { Unit } from '../../work/draft';

/**
 * Rows of the sign-in library, which name no organization, changed within a unit of work: its SQL finds them through a
 * person of the actor's organization.
 */

/** The way to sign in of somebody who was made in this unit. @param hash argon2id, PHC string */
export async function insertPassword({ tx, now }: Unit, userId: string, hash: string): Promise<void> {
  await tx.$executeRaw`INSERT INTO account (id, userId, accountId, providerId, password, createdAt, updatedAt)
    VALUES (${uuidv7()}, ${userId}, ${userId}, 'credential', ${hash}, ${now}, ${now})`;
}

/**
 * @param before the hash that is replaced; any when left out
 * @returns whether it was there to be replaced
 */
export async function replacePassword(
  { tx, now, actor }: Unit,
  userId: string,
  hash: string,
  before: string | null = null,
): Promise<boolean> {
  const changed = await tx.$executeRaw`UPDATE account a JOIN user u ON u.id = a.userId
    SET a.password = ${hash}, a.updatedAt = ${now}
    WHERE u.id = ${userId} AND u.organizationId = ${actor.organizationId} AND a.providerId = 'credential'
      AND (${before} IS NULL OR a.password = ${before})`;
  return changed > 0;
}

/** The switch signs their phones out after the commit; it is not waited for. */
export function signOutPhones({ job }: Pick<Unit, 'job'>, sessionIds: readonly string[]): void {
  for (const sessionId of sessionIds) job('phone.sign-out', `phone.sign-out:${sessionId}`, { sessionId });
}

/** Signs somebody out everywhere but at one place, their phones too. @returns the sessions, to be told once it is committed */
export async function deleteSessions(
  unit: Unit,
  userId: string,
  exceptId: string | null = null,
): Promise<string[]> {
  const { tx, actor } = unit;
  const sessions = await tx.$queryRaw<{ id: string }[]>`SELECT s.id FROM session s
    JOIN user u ON u.id = s.userId
    WHERE u.id = ${userId} AND u.organizationId = ${actor.organizationId}
      AND (${exceptId} IS NULL OR s.id <> ${exceptId}) FOR UPDATE`;
  for (const { id } of sessions) await tx.$executeRaw`DELETE FROM session WHERE id = ${id}`;
  const ids = sessions.map(({ id }) => id);
  signOutPhones(unit, ids);
  return ids;
}

/** The stored hash of somebody's password, as it is after whoever held the person's row. */
export async function passwordOf({ tx, actor }: Unit, userId: string): Promise<string | null> {
  const [account] = await tx.$queryRaw<{ password: string | null }[]>`SELECT a.password FROM account a
    JOIN user u ON u.id = a.userId
    WHERE u.id = ${userId} AND u.organizationId = ${actor.organizationId} AND a.providerId = 'credential'`;
  return account?.password ?? null;
}
