import type { endpoints } from '@outdial/contracts';
import type { CdrService } from '../../services/calls/cdr.service';
import type { Input } from '../handler';

export class CdrController {
  constructor(private readonly cdr: CdrService) {}

  upload = ({ actor, body, file }: Input<typeof endpoints.cdr.upload>) =>
    this.cdr.file(actor, body.report, file?.path ?? null);
}
