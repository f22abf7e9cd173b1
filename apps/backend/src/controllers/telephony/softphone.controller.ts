import type { endpoints } from '@outdial/contracts';
import { actorOf } from '../../middlewares/authenticate';
import type { SoftphoneService } from '../../services/telephony/softphone.service';
import type { Input } from '../handler';

export class SoftphoneController {
  constructor(private readonly softphone: SoftphoneService) {}

  credentials = ({ request, response }: Input<typeof endpoints.softphone.credentials>) => {
    response.setHeader('cache-control', 'no-store');
    return this.softphone.credentials(actorOf(request));
  };
}
