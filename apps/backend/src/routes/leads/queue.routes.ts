import { endpoints } from '@outdial/contracts';
import type { QueueController } from '../../controllers/leads/queue.controller';
import type { Bind } from '../bind';

export function queueRoutes(bind: Bind, controller: QueueController): void {
  bind(endpoints.queue.show, controller.show);
  bind(endpoints.queue.setState, controller.setState);
  bind(endpoints.queue.skip, controller.skip);
  bind(endpoints.queue.retry, controller.retry);
}
