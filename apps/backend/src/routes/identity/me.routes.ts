import { endpoints } from '@outdial/contracts';
import type { MeController } from '../../controllers/identity/me.controller';
import type { Bind } from '../bind';

export function meRoutes(bind: Bind, controller: MeController): void {
  bind(endpoints.me.show, controller.show);
  bind(endpoints.me.updateDialerSettings, controller.updateDialerSettings);
}
