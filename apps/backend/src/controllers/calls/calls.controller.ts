import { CLAIM_HEADER, type endpoints } from '@outdial/contracts';
import type { CallHistoryService } from '../../services/calls/call-history.service';
import type { CallSummaryService } from '../../services/calls/call-summary.service';
import type { CallsService } from '../../services/calls/calls.service';
import type { DialPermitsService } from '../../services/telephony/dial-permits.service';
import type { Input } from '../handler';

type Calls = typeof endpoints.calls;

export class CallsController {
  constructor(
    private readonly calls: CallsService,
    private readonly history: CallHistoryService,
    private readonly sums: CallSummaryService,
    private readonly permits: DialPermitsService,
  ) {}

  create = async ({ actor, body, response }: Input<Calls['create']>) => {
    const call = await this.calls.create(actor, body);
    const claim = this.permits.claimOf(actor, call);
    if (claim) response.setHeader(CLAIM_HEADER, claim);
    return call;
  };

  progress = ({ actor, params, body }: Input<Calls['progress']>) =>
    this.calls.progress(actor, params.callId, body.phase);

  list = ({ actor, query }: Input<Calls['list']>) => this.history.list(actor, query);

  summary = ({ actor, query }: Input<Calls['summary']>) => this.sums.show(actor, query);

  show = ({ actor, params }: Input<Calls['show']>) => this.history.show(actor, params.callId);

  agents = async ({ actor }: Input<Calls['agents']>) => ({ items: await this.history.agents(actor) });
}
