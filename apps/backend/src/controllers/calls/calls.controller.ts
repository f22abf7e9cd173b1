import type { endpoints } from '@outdial/contracts';
import type { CallHistoryService } from '../../services/calls/call-history.service';
import type { CallSummaryService } from '../../services/calls/call-summary.service';
import type { CallsService } from '../../services/calls/calls.service';
import type { Input } from '../handler';

type Calls = typeof endpoints.calls;

export class CallsController {
  constructor(
    private readonly calls: CallsService,
    private readonly history: CallHistoryService,
    private readonly sums: CallSummaryService,
  ) {}

  create = ({ actor, body }: Input<Calls['create']>) => this.calls.create(actor, body);

  progress = ({ actor, params, body }: Input<Calls['progress']>) =>
    this.calls.progress(actor, params.callId, body.phase);

  list = ({ actor, query }: Input<Calls['list']>) => this.history.list(actor, query);

  summary = ({ actor, query }: Input<Calls['summary']>) => this.sums.show(actor, query);

  show = ({ actor, params }: Input<Calls['show']>) => this.history.show(actor, params.callId);

  agents = async ({ actor }: Input<Calls['agents']>) => ({ items: await this.history.agents(actor) });
}
