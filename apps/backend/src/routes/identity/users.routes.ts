import { endpoints } from '@outdial/contracts';
import type { UsersController } from '../../controllers/identity/users.controller';
import type { Bind } from '../bind';

export function usersRoutes(bind: Bind, controller: UsersController): void {
  bind(endpoints.users.list, controller.list);
  bind(endpoints.users.listTeams, controller.listTeams);
  bind(endpoints.users.create, controller.create);
  bind(endpoints.users.disable, controller.disable);
  bind(endpoints.users.enable, controller.enable);
  bind(endpoints.users.resetPassword, controller.resetPassword);
  bind(endpoints.users.showSipAccount, controller.showSipAccount);
  bind(endpoints.users.putSipAccount, controller.putSipAccount);
}
