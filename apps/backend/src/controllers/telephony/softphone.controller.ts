import type { endpoints } from '@outdial/contracts';
import type { SoftphoneService } from '../../services/telephony/softphone.service';
import type { Input } from '../handler';

export class SoftphoneController {
  constructor(private readonly softphone: SoftphoneService) {}

  credentials = ({ actor, response }: Input<typeof endpoints.softphone.credentials>) => {
    response.setHeader('cache-control', 'no-store');
    return this.softphone.credentials(actor);
  };
}
