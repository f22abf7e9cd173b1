import type { PasswordChange } from '@outdial/contracts';
import type { Bus } from '../../adapters/bus';
import { passwordHasher } from '../../adapters/password';
import type { Db } from '../../db/client';
import { AppError } from '../../errors/app-error';
import type { Actor } from '../../work/actor';
import type { Units } from '../../work/units';
import { deleteSessions, replacePassword } from './sign-in-rows';

/** People's own passwords. */
export class PasswordsService {
  constructor(
    private readonly db: Db,
    private readonly units: Units,
    private readonly bus: Bus,
  ) {}

  /**
   * Signs the person out everywhere else.
   * @throws AppError `wrong-credentials` when the current one is wrong or was replaced meanwhile; `validation` when the
   *   new one is the present one
   */
  async change(actor: Actor, { currentPassword = '', newPassword }: PasswordChange): Promise<void> {
    const { userId, sessionId } = actor;
    const account = await this.db.account.findFirstOrThrow({
      where: { userId, providerId: 'credential' },
      select: { password: true },
    });
    const stored = account.password ?? '';
    const isProven = actor.mustChoosePassword || (await matches(stored, currentPassword));
    if (!isProven) throw wrongPassword();
    if (await matches(stored, newPassword))
      throw new AppError('validation', 'Choose a password that is not the present one.');
    const hash = await passwordHasher.hash(newPassword);
    await this.units.run(actor, async (unit) => {
      // Row by row as whoever resets it does: the person, then the password.
      await unit.tx.user.updateMany({ where: { id: userId }, data: { oneTimePasswordUntil: null } });
      if (!(await replacePassword(unit, userId, hash, stored))) throw wrongPassword();
      const sessionIds = await deleteSessions(unit, userId, sessionId);
      unit.audit({ action: 'user.password-changed', subject: { kind: 'user', id: userId } });
      unit.event('user.changed', { userId, teamId: actor.agent?.teamId ?? null }, { userId });
      if (sessionIds.length > 0)
        unit.afterCommit(() => this.bus.publish({ kind: 'sessions-ended', sessionIds }));
    });
  }
}

const matches = (hash: string, password: string): Promise<boolean> =>
  hash === '' || password === '' ? Promise.resolve(false) : passwordHasher.verify({ hash, password });

const wrongPassword = () =>
  new AppError('wrong-credentials', 'The current password is wrong. Check it and try again.');
