import type { endpoints } from '@outdial/contracts';
import type { MeService } from '../../services/identity/me.service';
import type { PasswordsService } from '../../services/identity/passwords.service';
import type { Input } from '../handler';

type Me = typeof endpoints.me;

export class MeController {
  constructor(
    private readonly me: MeService,
    private readonly passwords: PasswordsService,
  ) {}

  show = ({ actor }: Input<Me['show']>) => this.me.show(actor);

  changePassword = async ({ actor, body }: Input<Me['changePassword']>) => {
    await this.passwords.change(actor, body);
    return { success: true } as const;
  };

  updateDialerSettings = ({ actor, body }: Input<Me['updateDialerSettings']>) =>
    this.me.updateDialerSettings(actor, body);
}
