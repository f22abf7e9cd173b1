import type { SessionInfo } from '@outdial/contracts';
import { APIError } from 'better-auth/api';
import { type AuthLibrary, SESSION_LIFETIME_S } from '../../adapters/auth-library';
import type { Bus } from '../../adapters/bus';
import type { Clock } from '../../adapters/clock';
import { tokenHash } from '../../adapters/hashed-tokens';
import type { Logger } from '../../config/logger';
import type { Db } from '../../db/client';
import { AppError, notFound } from '../../errors/app-error';
import type { Actor } from '../../work/actor';
import type { Units } from '../../work/units';
import type { AccessService } from './access.service';
import type { ActorCache } from './actor-cache';
import { holderOf } from './actors';
import { passwordOf, signOutPhones } from './sign-in-rows';

/** How exactly it is known when somebody was last here, in ms. */
const SEEN_EVERY_MS = 60_000;
/** As many places as one may be signed in at; the one that was used longest ago is signed out for another. */
const MAX_SESSIONS = 10;

/** The library's cookie would end with the session as it was at sign-in, and a session slides: the row decides. */
const outliving = (cookie: string): string =>
  cookie.replace(/^([^;]*session_token=.*?Max-Age=)\d+/, `$1${SESSION_LIFETIME_S}`);

const wrongCredentials = () =>
  new AppError('wrong-credentials', 'The email or the password is wrong. Check both and try again.');

const accountDisabled = () =>
  new AppError('account-disabled', 'This account is disabled. Ask a superadmin of your organization.');

const passwordExpired = () =>
  new AppError(
    'password-expired',
    'This one-time password was not used in time. Ask a superadmin of your organization for a new one.',
  );

/** Sign-in, sign-out and the sessions of a user. Rows of sessions are the sign-in library's own. */
export class AuthService {
  constructor(
    private readonly library: AuthLibrary,
    private readonly db: Db,
    private readonly units: Units,
    private readonly access: AccessService,
    private readonly bus: Bus,
    private readonly actors: ActorCache,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    bus.on((message) => {
      if (message.kind === 'sessions-ended')
        actors.forget(({ sessionId }) => message.sessionIds.includes(sessionId));
      if (message.kind === 'access-changed')
        actors.forget(({ organizationId }) => organizationId === message.organizationId);
    });
  }

  /**
   * @returns the actor, and the cookies to set
   * @throws AppError `wrong-credentials`, the same for an unknown email and a wrong password; `account-disabled` or
   *   `password-expired`, told only after the right password
   */
  async signIn(
    email: string,
    password: string,
    headers: Headers,
  ): Promise<{ actor: Actor; cookies: string[] }> {
    // The cookie of this browser is about to be replaced; nobody could use its session any more.
    const before = await this.authenticate(headers);
    const credential = await this.db.account.findFirst({
      where: { providerId: 'credential', user: { email } },
      select: { password: true },
    });
    try {
      const { headers: answer, response } = await this.library.api.signInEmail({
        body: { email, password },
        headers,
        returnHeaders: true,
      });
      const cookies = answer.getSetCookie().map(outliving);
      const where = { token: tokenHash(response.token) };
      const session = await this.db.session.findUniqueOrThrow({ where });
      const actor = await this.#admit(response.user.id, session.id, credential?.password ?? null);
      await this.#endSurplus(actor, before);
      return { actor, cookies };
    } catch (error) {
      throw error instanceof APIError ? wrongCredentials() : error;
    }
  }

  /** @returns the cookies that clear the session */
  async signOut(actor: Actor, headers: Headers): Promise<string[]> {
    const { headers: answer } = await this.library.api.signOut({ headers, returnHeaders: true });
    this.#ended([actor.sessionId]);
    await this.#note(actor, 'session.signed-out', actor.sessionId, [actor.sessionId]);
    return answer.getSetCookie();
  }

  /**
   * @returns null when the request carries no live session. One that was revoked is dead at once where that is heard
   *   of, within seconds elsewhere.
   */
  async authenticate(headers: Headers): Promise<Actor | null> {
    const cookie = headers.get('cookie');
    const lookUp = () => this.#lookUp(headers, true);
    const actor = cookie === null ? null : await this.actors.get(cookie, lookUp);
    // Who chooses a password may go on at once, wherever the next request arrives.
    return actor?.mustChoosePassword ? lookUp() : actor;
  }

  /** The same for a page that is only open, without anybody at work in it: the session grows older meanwhile. */
  async watch(headers: Headers): Promise<Actor | null> {
    const actor = await this.#lookUp(headers, false);
    return actor?.mustChoosePassword ? null : actor;
  }

  async #lookUp(headers: Headers, isUsed: boolean): Promise<Actor | null> {
    const found = await this.library.api.getSession({ headers, query: { disableRefresh: !isUsed } });
    if (!found || found.session.createdAt <= this.#oldest()) return null;
    const { actor, lastSeenAt, disabledAt } = await holderOf(
      this.db,
      this.access,
      found.user.id,
      found.session.id,
    );
    if (disabledAt) return null;
    this.#seen(actor, lastSeenAt);
    return actor;
  }

  /**
   * Lets in who gave the right password, unless they may not; then the session that the library made is undone.
   * @param hash of the password as it was before the library compared it
   */
  async #admit(userId: string, sessionId: string, hash: string | null): Promise<Actor> {
    try {
      const { actor, oneTimePasswordUntil } = await holderOf(this.db, this.access, userId, sessionId);
      if (oneTimePasswordUntil && oneTimePasswordUntil <= this.clock.now()) throw passwordExpired();
      await this.units.run(actor, async (unit) => {
        // Whoever disables or resets meanwhile has locked the row: either this is refused, or they end the session.
        const where = { id: userId, disabledAt: null };
        const { count } = await unit.tx.user.updateMany({ where, data: { lastSeenAt: unit.now } });
        if (count === 0) throw accountDisabled();
        if ((await passwordOf(unit, userId)) !== hash) throw wrongCredentials();
        unit.audit({ action: 'session.signed-in', subject: { kind: 'session', id: sessionId } });
      });
      return actor;
    } catch (error) {
      await this.db.session.deleteMany({ where: { id: sessionId } });
      throw error;
    }
  }

  #oldest(): Date {
    return new Date(this.clock.now().getTime() - SESSION_LIFETIME_S * 1000);
  }

  async #endSurplus(actor: Actor, before: Actor | null): Promise<void> {
    const older = await this.db.session.findMany({
      where: { userId: actor.userId },
      orderBy: { updatedAt: 'desc' },
      skip: MAX_SESSIONS,
      take: 1_000,
      select: { id: true },
    });
    const ids = [...older.map(({ id }) => id), ...(before ? [before.sessionId] : [])];
    if (ids.length === 0) return;
    await this.db.session.deleteMany({ where: { id: { in: ids } } });
    this.#ended(ids);
    await this.#note(actor, 'session.replaced', actor.sessionId, ids);
  }

  async listSessions(actor: Actor): Promise<SessionInfo[]> {
    const sessions = await this.db.session.findMany({
      where: { userId: actor.userId, expiresAt: { gt: this.clock.now() } },
      orderBy: { updatedAt: 'desc' },
      take: 50,
    });
    return sessions.map((session) => ({
      id: session.id,
      current: session.id === actor.sessionId,
      createdAt: session.createdAt.toISOString(),
      lastSeenAt: session.updatedAt.toISOString(),
      expiresAt: session.expiresAt.toISOString(),
      ipAddress: session.ipAddress || null,
      userAgent: session.userAgent || null,
    }));
  }

  async revokeSession(actor: Actor, sessionId: string): Promise<void> {
    const { count } = await this.db.session.deleteMany({ where: { id: sessionId, userId: actor.userId } });
    if (count === 0) throw notFound('This session');
    this.#ended([sessionId]);
    await this.#note(actor, 'session.revoked', sessionId, [sessionId]);
  }

  async revokeOtherSessions(actor: Actor): Promise<void> {
    const others = { userId: actor.userId, id: { not: actor.sessionId } };
    const sessions = await this.db.session.findMany({ where: others, select: { id: true } });
    await this.db.session.deleteMany({ where: others });
    const ended = sessions.map(({ id }) => id);
    this.#ended(ended);
    await this.#note(actor, 'session.others-revoked', actor.sessionId, ended);
  }

  /** @returns how many sessions nobody can use any more were deleted */
  async purgeExpired(): Promise<number> {
    const isOver = [{ expiresAt: { lt: this.clock.now() } }, { createdAt: { lt: this.#oldest() } }];
    const { count } = await this.db.session.deleteMany({ where: { OR: isOver } });
    return count;
  }

  /** After the rows are gone: a look-up that runs meanwhile must not bring them back. */
  #ended(sessionIds: readonly string[]): void {
    if (sessionIds.length > 0) this.bus.publish({ kind: 'sessions-ended', sessionIds });
  }

  /** @param ended sessions whose phones are to be signed out */
  #note(actor: Actor, action: string, sessionId: string, ended: readonly string[] = []): Promise<void> {
    return this.units.run(actor, async ({ tx, now, audit, job }) => {
      audit({ action, subject: { kind: 'session', id: sessionId } });
      signOutPhones({ job }, ended);
      await tx.user.updateMany({ where: { id: actor.userId }, data: { lastSeenAt: now } });
    });
  }

  /** Nobody waits for it, and nothing depends on it. */
  #seen(actor: Actor, last: Date | null): void {
    if (last && this.clock.now().getTime() - last.getTime() < SEEN_EVERY_MS) return;
    this.units
      .run(actor, async ({ tx, now }) => {
        await tx.user.updateMany({ where: { id: actor.userId }, data: { lastSeenAt: now } });
      })
      .catch((error: unknown) => this.logger.warn({ err: error }, 'could not write who was here'));
  }
}
