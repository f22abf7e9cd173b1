import { endpoints } from '@outdial/contracts';
import type { CdrController } from '../../controllers/calls/cdr.controller';
import type { Bind } from '../bind';

export function cdrRoutes(bind: Bind, controller: CdrController): void {
  bind(endpoints.cdr.upload, controller.upload);
  bind(endpoints.callReport.put, controller.report);
}
