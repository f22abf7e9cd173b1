import { endpoints } from '@outdial/contracts';
import type { MeController } from '../../controllers/identity/me.controller';
import { PASSWORD_LIMIT } from '../../middlewares/rate-limit';
import type { Bind } from '../bind';

export function meRoutes(bind: Bind, controller: MeController): void {
  bind(endpoints.me.show, controller.show);
  bind(endpoints.me.changePassword, controller.changePassword, [PASSWORD_LIMIT]);
  bind(endpoints.me.updateDialerSettings, controller.updateDialerSettings);
}
