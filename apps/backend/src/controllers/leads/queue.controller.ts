import type { endpoints } from '@outdial/contracts';
import type { QueueService } from '../../services/leads/queue.service';
import type { Input } from '../handler';

type Queue = typeof endpoints.queue;

export class QueueController {
  constructor(private readonly queue: QueueService) {}

  show = ({ actor, params, query }: Input<Queue['show']>) =>
    this.queue.show(actor, params.sheetId, query.dialerSessionId);

  setState = ({ actor, params, body }: Input<Queue['setState']>) =>
    this.queue.setState(actor, params.sheetId, body.dialerSessionId, body.state);

  skip = ({ actor, params, body }: Input<Queue['skip']>) => this.queue.skip(actor, { ...params, ...body });

  retry = ({ actor, params, body }: Input<Queue['retry']>) => this.queue.retry(actor, { ...params, ...body });
}
