import type { endpoints } from '@outdial/contracts';
import type { UserAccountsService } from '../../services/identity/user-accounts.service';
import type { UsersService } from '../../services/identity/users.service';
import type { Input } from '../handler';

type Users = typeof endpoints.users;

export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly accounts: UserAccountsService,
  ) {}

  list = ({ actor, query }: Input<Users['list']>) => this.users.list(actor, query);

  listTeams = ({ actor }: Input<Users['listTeams']>) => this.users.listTeams(actor);

  create = ({ actor, body, response }: Input<Users['create']>) => {
    response.setHeader('cache-control', 'no-store');
    return this.accounts.create(actor, body);
  };

  disable = ({ actor, params }: Input<Users['disable']>) => this.accounts.disable(actor, params.userId);

  enable = ({ actor, params }: Input<Users['enable']>) => this.accounts.enable(actor, params.userId);

  resetPassword = ({ actor, params, response }: Input<Users['resetPassword']>) => {
    response.setHeader('cache-control', 'no-store');
    return this.accounts.resetPassword(actor, params.userId);
  };

  showSipAccount = ({ actor, params }: Input<Users['showSipAccount']>) =>
    this.users.showSipAccount(actor, params.userId);

  putSipAccount = ({ actor, params, body }: Input<Users['putSipAccount']>) =>
    this.users.putSipAccount(actor, params.userId, body);
}
