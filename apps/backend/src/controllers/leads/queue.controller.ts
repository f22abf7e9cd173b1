import type { endpoints } from '@outdial/contracts';
import { actorOf } from '../../middlewares/authenticate';
import type { QueueService } from '../../services/leads/queue.service';
import type { Input } from '../handler';

type Queue = typeof endpoints.queue;

export class QueueController {
  constructor(private readonly queue: QueueService) {}

  show = ({ request, params, query }: Input<Queue['show']>) =>
    this.queue.show(actorOf(request), params.sheetId, query.dialerSessionId);

  open = ({ request, params, body }: Input<Queue['open']>) =>
    this.queue.open(actorOf(request), params.sheetId, body.dialerSessionId, body.takeOver);

  setState = ({ request, params, body }: Input<Queue['setState']>) =>
    this.queue.setState(actorOf(request), params.sheetId, body.dialerSessionId, body.state);

  skip = ({ request, params, body }: Input<Queue['skip']>) =>
    this.queue.skip(actorOf(request), params.sheetId, params.leadId, body.dialerSessionId);

  retry = ({ request, params, body }: Input<Queue['retry']>) =>
    this.queue.retry(actorOf(request), { ...params, ...body });
}
