import type { endpoints } from '@outdial/contracts';
import { actorOf } from '../../middlewares/authenticate';
import type { CdrService } from '../../services/calls/cdr.service';
import type { Input } from '../handler';

export class CdrController {
  constructor(private readonly cdr: CdrService) {}

  upload = ({ request, body, file }: Input<typeof endpoints.cdr.upload>) =>
    this.cdr.file(actorOf(request), body.report, file?.path ?? null);
}
