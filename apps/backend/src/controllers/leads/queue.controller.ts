import type { endpoints } from '@outdial/contracts';
import type { DialingService } from '../../services/calls/dialing.service';
import type { QueueService } from '../../services/leads/queue.service';
import type { Input } from '../handler';

type Queue = typeof endpoints.queue;

export class QueueController {
  constructor(
    private readonly queue: QueueService,
    private readonly dialing: DialingService,
  ) {}

  show = ({ actor, params, query }: Input<Queue['show']>) =>
    this.queue.show(actor, params.sheetId, query.dialerSessionId);

  open = ({ actor, params, body }: Input<Queue['open']>) =>
    this.dialing.open(actor, params.sheetId, body.dialerSessionId, body.takeOver);

  setState = ({ actor, params, body }: Input<Queue['setState']>) =>
    this.queue.setState(actor, params.sheetId, body.dialerSessionId, body.state);

  skip = ({ actor, params, body }: Input<Queue['skip']>) => this.queue.skip(actor, { ...params, ...body });

  retry = ({ actor, params, body }: Input<Queue['retry']>) => this.queue.retry(actor, { ...params, ...body });
}
