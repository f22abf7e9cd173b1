import { endpoints } from '@outdial/contracts';
import type { SoftphoneController } from '../../controllers/telephony/softphone.controller';
import type { Bind } from '../bind';

export function softphoneRoutes(bind: Bind, controller: SoftphoneController): void {
  bind(endpoints.softphone.credentials, controller.credentials);
}
