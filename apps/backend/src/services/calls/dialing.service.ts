import type { Queue } from '@outdial/contracts';
import type { Actor } from '../../work/actor';
import type { QueueService } from '../leads/queue.service';
import type { CallEndings } from './call-endings';

/** What concerns both a sheet's queue and the calls made from it. */
export class DialingService {
  constructor(
    private readonly queue: QueueService,
    private readonly endings: CallEndings,
  ) {}

  /** Makes one page the dialer of the sheet, and closes calls that the page before left open. */
  async open(actor: Actor, sheetId: string, dialerSessionId: string, takeOver: boolean): Promise<Queue> {
    const takenFrom = await this.queue.open(actor, sheetId, dialerSessionId, takeOver);
    if (takenFrom) await this.endings.endLostOf(actor, takenFrom.id);
    return this.queue.show(actor, sheetId, dialerSessionId);
  }
}
