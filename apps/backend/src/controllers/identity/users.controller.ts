import type { endpoints } from '@outdial/contracts';
import { actorOf } from '../../middlewares/authenticate';
import type { UsersService } from '../../services/identity/users.service';
import type { Input } from '../handler';

type Users = typeof endpoints.users;

export class UsersController {
  constructor(private readonly users: UsersService) {}

  list = ({ request, query }: Input<Users['list']>) => this.users.list(actorOf(request), query);

  showSipAccount = ({ request, params }: Input<Users['showSipAccount']>) =>
    this.users.showSipAccount(actorOf(request), params.userId);

  putSipAccount = ({ request, params, body }: Input<Users['putSipAccount']>) =>
    this.users.putSipAccount(actorOf(request), params.userId, body);
}
