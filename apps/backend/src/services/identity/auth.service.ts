import type { Role, SessionInfo } from '@outdial/contracts';
import { APIError } from 'better-auth/api';
import { type AuthLibrary, SESSION_LIFETIME_S } from '../../adapters/auth-library';
import type { Bus } from '../../adapters/bus';
import type { Clock } from '../../adapters/clock';
import { tokenHash } from '../../adapters/hashed-tokens';
import type { Logger } from '../../config/logger';
import type { Db } from '../../db/client';
import { AppError, notFound } from '../../errors/app-error';
import type { Actor } from '../../work/actor';
import { scopeOf } from '../../work/scope';
import type { Units } from '../../work/units';
import type { AccessService } from './access.service';
import type { ActorCache } from './actor-cache';

/** How exactly it is known when somebody was last here, in ms. */
const SEEN_EVERY_MS = 60_000;
/** As many places as one may be signed in at; the one that was used longest ago is signed out for another. */
const MAX_SESSIONS = 10;

/** The library's cookie would end with the session as it was at sign-in, and a session slides: the row decides. */
const outliving = (cookie: string): string =>
  cookie.replace(/^([^;]*session_token=.*?Max-Age=)\d+/, `$1${SESSION_LIFETIME_S}`);

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
   * @throws AppError `wrong-credentials`, the same for an unknown email and a wrong password
   */
  async signIn(
    email: string,
    password: string,
    headers: Headers,
  ): Promise<{ actor: Actor; cookies: string[] }> {
    // The cookie of this browser is about to be replaced; nobody could use its session any more.
    const before = await this.authenticate(headers);
    try {
      const { headers: answer, response } = await this.library.api.signInEmail({
        body: { email, password },
        headers,
        returnHeaders: true,
      });
      const cookies = answer.getSetCookie().map(outliving);
      const where = { token: tokenHash(response.token) };
      const session = await this.db.session.findUniqueOrThrow({ where });
      const actor = await this.#actor(response.user.id, session.id);
      await this.#note(actor, 'session.signed-in', session.id);
      await this.#endSurplus(actor, before);
      return { actor, cookies };
    } catch (error) {
      if (error instanceof APIError)
        throw new AppError(
          'wrong-credentials',
          'The email or the password is wrong. Check both and try again.',
        );
      throw error;
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
    return cookie === null ? null : this.actors.get(cookie, () => this.#lookUp(headers, true));
  }

  /** The same for a page that is only open, without anybody at work in it: the session grows older meanwhile. */
  async watch(headers: Headers): Promise<Actor | null> {
    return this.#lookUp(headers, false);
  }

  async #lookUp(headers: Headers, isUsed: boolean): Promise<Actor | null> {
    const found = await this.library.api.getSession({ headers, query: { disableRefresh: !isUsed } });
    if (!found || found.session.createdAt <= this.#oldest()) return null;
    return this.#actor(found.user.id, found.session.id);
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
    await this.db.session.deleteMany({ where: { id: { in: ids } } });
    this.#ended(ids);
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

  /** @param ended whose phones are to be signed out; the switch is not waited for */
  #note(actor: Actor, action: string, sessionId: string, ended: readonly string[] = []): Promise<void> {
    return this.units.run(actor, async ({ tx, now, audit, job }) => {
      audit({ action, subject: { kind: 'session', id: sessionId } });
      for (const id of ended) job('phone.sign-out', `phone.sign-out:${id}`, { sessionId: id });
      await tx.user.updateMany({ where: { id: actor.userId }, data: { lastSeenAt: now } });
    });
  }

  async #actor(userId: string, sessionId: string): Promise<Actor> {
    const user = await this.db.user.findUniqueOrThrow({
      where: { id: userId },
      select: {
        organizationId: true,
        name: true,
        roleKey: true,
        lastSeenAt: true,
        agent: { select: { id: true, teamId: true, sipUsername: true } },
        teams: { select: { teamId: true } },
      },
    });
    const { organizationId, name, agent } = user;
    const role = user.roleKey as Role;
    const permissions = await this.access.permissionsOf(organizationId, role);
    const teamIds = user.teams.map(({ teamId }) => teamId);
    const scope = scopeOf(permissions, teamIds, agent?.id ?? null);
    const actor: Actor = {
      kind: 'user',
      userId,
      sessionId,
      organizationId,
      name,
      role,
      permissions,
      agent,
      scope,
    };
    this.#seen(actor, user.lastSeenAt);
    return actor;
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
