import type { endpoints } from '@outdial/contracts';
import type { DialingService } from '../../services/calls/dialing.service';
import type { Input } from '../handler';

export class DialingController {
  constructor(private readonly dialing: DialingService) {}

  open = ({ actor, params, body }: Input<typeof endpoints.queue.open>) =>
    this.dialing.open(actor, params.sheetId, body.dialerSessionId, body.takeOver);
}
