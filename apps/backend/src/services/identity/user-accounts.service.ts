import type { NewUser, OneTimePassword, Role, User } from '@outdial/contracts';
import pRetry from 'p-retry';
import type { Bus } from '../../adapters/bus';
import { makeOneTimePassword } from '../../adapters/one-time-password';
import { passwordHasher } from '../../adapters/password';
import type { Db } from '../../db/client';
import { isDuplicate } from '../../db/errors';
import { rowId } from '../../db/public-ids';
import { AppError, notFound } from '../../errors/app-error';
import type { Worker } from '../../work/actor';
import type { Unit } from '../../work/draft';
import type { Units } from '../../work/units';
import { deleteSessions, insertPassword, replacePassword } from './sign-in-rows';
import { freeExtension, sipUsernameOf } from './user-phone';
import { toUser, type UserRow, userInclude } from './user-rows';
import { requireAnotherSuperadmin, requireOther, requireRank } from './user-rules';

/** How long a one-time password is taken. */
const ONE_TIME_MS = 7 * 24 * 3_600_000;
/** Somebody else took the extension, or sent the same person, at the same moment: looked at anew. */
const RETRIES = { retries: 5, minTimeout: 5, maxTimeout: 100, randomize: true } as const;

interface Added {
  readonly user: User;
  readonly until: Date;
}

interface AddedUser {
  readonly user: User;
  readonly oneTimePassword: OneTimePassword;
}

/** Who may sign in: people are added, disabled, enabled and given new passwords. */
export class UserAccountsService {
  constructor(
    private readonly db: Db,
    private readonly units: Units,
    private readonly bus: Bus,
  ) {}

  /**
   * Sent again with the same id before the person has been here, it makes nobody, but another one-time password: the
   * answer with the first may have been lost.
   * @throws AppError `email-taken`; `conflict` when the id is somebody else's; `forbidden` for a role above one's own
   */
  async create(worker: Worker, person: NewUser): Promise<AddedUser> {
    requireRank(worker, person.role);
    const password = makeOneTimePassword();
    const hash = await passwordHasher.hash(password);
    const { user, until } = await pRetry(() => this.#add(worker, person, hash), {
      ...RETRIES,
      shouldRetry: ({ error }) => isDuplicate(error),
    });
    return { user, oneTimePassword: { password, expiresAt: until.toISOString() } };
  }

  /** @throws AppError `not-found`, `own-account`, `last-superadmin`, `forbidden` */
  async disable(worker: Worker, userId: string): Promise<User> {
    requireOther(worker, userId, 'You cannot disable your own account. Ask another superadmin.');
    return this.units.run(worker, async (unit) => {
      const user = await personOf(unit, userId);
      if (user.disabledAt) return toUser(user);
      if (user.roleKey === 'superadmin') await requireAnotherSuperadmin(unit, userId);
      await unit.tx.user.updateMany({ where: { id: userId }, data: { disabledAt: unit.now } });
      await this.#signOut(unit, userId);
      return changed(unit, user, 'user.disabled', { disabledAt: unit.now });
    });
  }

  /** @throws AppError `not-found`, `forbidden` */
  async enable(worker: Worker, userId: string): Promise<User> {
    return this.units.run(worker, async (unit) => {
      const user = await personOf(unit, userId);
      if (!user.disabledAt) return toUser(user);
      await unit.tx.user.updateMany({ where: { id: userId }, data: { disabledAt: null } });
      return changed(unit, user, 'user.enabled', { disabledAt: null });
    });
  }

  /** @throws AppError `not-found`, `own-account`, `forbidden` */
  async resetPassword(worker: Worker, userId: string): Promise<OneTimePassword> {
    requireOther(worker, userId, 'Change your own password in the menu of your account.');
    const password = makeOneTimePassword();
    const hash = await passwordHasher.hash(password);
    const until = await this.units.run(worker, async (unit) =>
      this.#reset(unit, await personOf(unit, userId), hash),
    );
    return { password, expiresAt: until.toISOString() };
  }

  async #add(worker: Worker, person: NewUser, hash: string): Promise<Added> {
    const { organizationId } = worker;
    await this.#requireFree(organizationId, person);
    const { slug } = await this.db.organization.findUniqueOrThrow({ where: { id: organizationId } });
    return this.units.run(worker, async (unit) => {
      const { tx, now, audit, event } = unit;
      const { id, name, email, role } = person;
      const present = await tx.user.findUnique({ where: { id }, include: userInclude });
      if (present) return this.#addAgain(unit, present, person, hash);
      const oneTimePasswordUntil = new Date(now.getTime() + ONE_TIME_MS);
      const identity = { id, organizationId, name, email, emailVerified: true, roleKey: role };
      await tx.user.create({ data: { ...identity, oneTimePasswordUntil, createdAt: now } });
      await insertPassword(unit, id, hash);
      await givePlace(unit, person, slug);
      const user = toUser(await personOf(unit, id));
      const { extension, team } = user;
      const after = { name, email, role, extension, team };
      audit({ action: 'user.created', subject: { kind: 'user', id }, before: null, after });
      event('user.changed', { userId: id }, { userId: id });
      return { user, until: oneTimePasswordUntil };
    });
  }

  async #addAgain(unit: Unit, present: UserRow, person: NewUser, hash: string): Promise<Added> {
    const isSame =
      present.name === person.name && present.email === person.email && present.roleKey === person.role;
    const isNew = present.oneTimePasswordUntil !== null && present.lastSeenAt === null && !present.disabledAt;
    if (!isSame || !isNew) throw new AppError('conflict', 'Somebody was added like this already.');
    const oneTimePasswordUntil = await this.#reset(unit, present, hash);
    return { user: toUser({ ...present, oneTimePasswordUntil }), until: oneTimePasswordUntil };
  }

  /** Emails are one for the whole installation. Whose it is is told only of the own organization. */
  async #requireFree(organizationId: number, { id, email }: NewUser): Promise<void> {
    const holders = await this.db.user.findMany({
      where: { OR: [{ id }, { email }] },
      select: { id: true, organizationId: true, name: true, email: true },
    });
    const other = holders.find((each) => each.id !== id || each.organizationId !== organizationId);
    if (!other) return;
    if (other.id === id) throw new AppError('conflict', 'Somebody was added like this already.');
    const whose =
      other.organizationId === organizationId ? `${other.name} has this email` : 'This email is taken';
    throw new AppError('email-taken', `${whose}. Give another.`);
  }

  async #reset(unit: Unit, user: UserRow, hash: string): Promise<Date> {
    const oneTimePasswordUntil = new Date(unit.now.getTime() + ONE_TIME_MS);
    await unit.tx.user.updateMany({ where: { id: user.id }, data: { oneTimePasswordUntil } });
    await replacePassword(unit, user.id, hash);
    await this.#signOut(unit, user.id);
    changed(unit, user, 'user.password-reset', { oneTimePasswordUntil });
    return oneTimePasswordUntil;
  }

  /** After the person's row was changed: who signs in meanwhile waits for it. */
  async #signOut(unit: Unit, userId: string): Promise<void> {
    const sessionIds = await deleteSessions(unit, userId);
    if (sessionIds.length > 0)
      unit.afterCommit(() => this.bus.publish({ kind: 'sessions-ended', sessionIds }));
  }
}

/** @throws AppError `not-found`, or `forbidden` for who may do more than the actor */
async function personOf({ tx, actor }: Unit, userId: string): Promise<UserRow> {
  const user = await tx.user.findUnique({ where: { id: userId }, include: userInclude });
  if (!user) throw notFound('This person');
  requireRank(actor, user.roleKey as Role);
  return user;
}

/** An agent's phone, and the team that an agent is in or a manager looks after. */
async function givePlace(
  { tx, actor }: Unit,
  { id: userId, role, teamId: publicTeamId }: NewUser,
  slug: string,
): Promise<void> {
  const { organizationId } = actor;
  const teamId = publicTeamId === null ? null : rowId('team', publicTeamId);
  if (teamId !== null && !(await tx.team.findFirst({ where: { id: teamId } }))) throw notFound('This team');
  if (role === 'manager' && teamId) await tx.teamManager.create({ data: { organizationId, teamId, userId } });
  if (role !== 'agent') return;
  const agents = await tx.agentProfile.findMany({ select: { extension: true } });
  const extension = freeExtension(agents.map((agent) => agent.extension));
  const sipUsername = sipUsernameOf(slug, userId);
  await tx.agentProfile.create({
    data: { organizationId, userId, teamId: teamId || null, extension, sipUsername },
  });
}

type Standing = Partial<Pick<UserRow, 'disabledAt' | 'oneTimePasswordUntil'>>;

/** Notes what became of somebody, before and after. */
function changed(unit: Unit, row: UserRow, action: string, change: Standing): User {
  const [before, after] = [toUser(row), toUser({ ...row, ...change })];
  const { disabledAt, oneTimePasswordUntil } = after;
  unit.audit({
    action,
    subject: { kind: 'user', id: row.id },
    before: { disabledAt: before.disabledAt, oneTimePasswordUntil: before.oneTimePasswordUntil },
    after: { disabledAt, oneTimePasswordUntil },
  });
  unit.event('user.changed', { userId: row.id, teamId: row.agent?.teamId ?? null }, { userId: row.id });
  return after;
}
