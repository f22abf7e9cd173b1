import type { endpoints } from '@outdial/contracts';
import { actorOf } from '../../middlewares/authenticate';
import type { MeService } from '../../services/identity/me.service';
import type { Input } from '../handler';

type Me = typeof endpoints.me;

export class MeController {
  constructor(private readonly me: MeService) {}

  show = ({ request }: Input<Me['show']>) => this.me.show(actorOf(request));

  updateDialerSettings = ({ request, body }: Input<Me['updateDialerSettings']>) =>
    this.me.updateDialerSettings(actorOf(request), body);
}
