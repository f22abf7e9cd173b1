import type { endpoints } from '@outdial/contracts';
import type { UsersService } from '../../services/identity/users.service';
import type { Input } from '../handler';

type Users = typeof endpoints.users;

export class UsersController {
  constructor(private readonly users: UsersService) {}

  list = ({ actor, query }: Input<Users['list']>) => this.users.list(actor, query);

  showSipAccount = ({ actor, params }: Input<Users['showSipAccount']>) =>
    this.users.showSipAccount(actor, params.userId);

  putSipAccount = ({ actor, params, body }: Input<Users['putSipAccount']>) =>
    this.users.putSipAccount(actor, params.userId, body);
}
