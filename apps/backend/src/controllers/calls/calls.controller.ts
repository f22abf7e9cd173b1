import type { endpoints } from '@outdial/contracts';
import { actorOf } from '../../middlewares/authenticate';
import type { CallsService } from '../../services/calls/calls.service';
import type { Input } from '../handler';

type Calls = typeof endpoints.calls;

export class CallsController {
  constructor(private readonly calls: CallsService) {}

  create = ({ request, body }: Input<Calls['create']>) => this.calls.create(actorOf(request), body);

  progress = ({ request, params, body }: Input<Calls['progress']>) =>
    this.calls.progress(actorOf(request), params.callId, body.phase);

  list = ({ request, query }: Input<Calls['list']>) => this.calls.list(actorOf(request), query);

  summary = ({ request, query }: Input<Calls['summary']>) => this.calls.summary(actorOf(request), query);

  show = ({ request, params }: Input<Calls['show']>) => this.calls.show(actorOf(request), params.callId);

  agents = async ({ request }: Input<Calls['agents']>) => ({
    items: await this.calls.agents(actorOf(request)),
  });
}
