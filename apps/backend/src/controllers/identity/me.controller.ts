import type { endpoints } from '@outdial/contracts';
import type { MeService } from '../../services/identity/me.service';
import type { Input } from '../handler';

type Me = typeof endpoints.me;

export class MeController {
  constructor(private readonly me: MeService) {}

  show = ({ actor }: Input<Me['show']>) => this.me.show(actor);

  updateDialerSettings = ({ actor, body }: Input<Me['updateDialerSettings']>) =>
    this.me.updateDialerSettings(actor, body);
}
