import type { Role, SessionInfo } from '@outdial/contracts';
import { APIError } from 'better-auth/api';
import type { AuthLibrary } from '../../adapters/auth-library';
import type { EventBus } from '../../adapters/event-bus';
import type { Db } from '../../db/client';
import { AppError, notFound } from '../../errors/app-error';
import type { Actor } from '../../work/actor';
import type { AccessService } from './access.service';
import type { ActorCache } from './actor-cache';

/** Sign-in, sign-out and the sessions of a user. */
export class AuthService {
  constructor(
    private readonly library: AuthLibrary,
    private readonly db: Db,
    private readonly access: AccessService,
    private readonly events: EventBus,
    private readonly actors: ActorCache,
  ) {}

  /**
   * @returns the actor, and the cookies to set
   * @throws AppError `wrong-credentials`, the same for an unknown email and a wrong password
   */
  async signIn(
    email: string,
    password: string,
    headers: Headers,
  ): Promise<{ actor: Actor; cookies: string[] }> {
    try {
      const { headers: answer, response } = await this.library.api.signInEmail({
        body: { email, password },
        headers,
        returnHeaders: true,
      });
      const cookies = answer.getSetCookie();
      const session = await this.db.session.findUniqueOrThrow({ where: { token: response.token } });
      return { actor: await this.#actor(response.user.id, session.id), cookies };
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
    this.actors.forget(({ sessionId }) => sessionId === actor.sessionId);
    const { headers: answer } = await this.library.api.signOut({ headers, returnHeaders: true });
    return answer.getSetCookie();
  }

  /**
   * @returns null when the request carries no live session. One that was revoked by this process is dead at once,
   *   by another within seconds.
   */
  async authenticate(headers: Headers): Promise<Actor | null> {
    const cookie = headers.get('cookie');
    if (!cookie) return null;
    return this.actors.get(cookie, async () => {
      const found = await this.library.api.getSession({ headers });
      return found && this.#actor(found.user.id, found.session.id);
    });
  }

  async listSessions(actor: Actor): Promise<SessionInfo[]> {
    const sessions = await this.db.session.findMany({
      where: { userId: actor.userId, expiresAt: { gt: new Date() } },
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
    this.actors.forget((known) => known.sessionId === sessionId);
    this.events.publish({ kind: 'session', sessionId }, { name: 'session-ended' });
  }

  async revokeOtherSessions(actor: Actor): Promise<void> {
    const others = { userId: actor.userId, id: { not: actor.sessionId } };
    const sessions = await this.db.session.findMany({ where: others, select: { id: true } });
    await this.db.session.deleteMany({ where: others });
    this.actors.forget(({ userId, sessionId }) => userId === actor.userId && sessionId !== actor.sessionId);
    for (const { id } of sessions)
      this.events.publish({ kind: 'session', sessionId: id }, { name: 'session-ended' });
  }

  async #actor(userId: string, sessionId: string): Promise<Actor> {
    const user = await this.db.user.findUniqueOrThrow({
      where: { id: userId },
      select: { organizationId: true, name: true, roleKey: true, agent: { select: { id: true } } },
    });
    const role = user.roleKey as Role;
    return {
      userId,
      sessionId,
      organizationId: user.organizationId,
      name: user.name,
      role,
      permissions: await this.access.permissionsOf(role),
      agentId: user.agent?.id ?? null,
    };
  }
}
