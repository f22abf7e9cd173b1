import { endpoints } from '@outdial/contracts';
import type { DialingController } from '../../controllers/calls/dialing.controller';
import type { Bind } from '../bind';

export function dialingRoutes(bind: Bind, controller: DialingController): void {
  bind(endpoints.queue.open, controller.open);
}
