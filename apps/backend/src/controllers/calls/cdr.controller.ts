import type { endpoints } from '@outdial/contracts';
import type { CdrService } from '../../services/calls/cdr.service';
import type { Input } from '../handler';

export class CdrController {
  constructor(private readonly cdr: CdrService) {}

  upload = ({ actor, body, file }: Input<typeof endpoints.cdr.upload>) =>
    this.cdr.file(actor, body.report, file?.path ?? null);

  report = async ({ actor, params, body }: Input<typeof endpoints.callReport.put>) => {
    await this.cdr.file(actor, { ...body, callId: params.callId }, null);
  };
}
