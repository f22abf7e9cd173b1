import { endpoints } from '@outdial/contracts';
import type { HealthController } from '../../controllers/platform/health.controller';
import type { Bind } from '../bind';

export function healthRoutes(bind: Bind, controller: HealthController): void {
  bind(endpoints.health.live, controller.live);
  bind(endpoints.health.show, controller.show);
  bind(endpoints.health.ready, controller.ready);
}
