import { endpoints } from '@outdial/contracts';
import type { CallsController } from '../../controllers/calls/calls.controller';
import type { Bind } from '../bind';

export function callsRoutes(bind: Bind, controller: CallsController): void {
  bind(endpoints.calls.create, controller.create);
  bind(endpoints.calls.progress, controller.progress);
  bind(endpoints.calls.list, controller.list);
  bind(endpoints.calls.summary, controller.summary);
  bind(endpoints.calls.agents, controller.agents);
  bind(endpoints.calls.show, controller.show);
}
