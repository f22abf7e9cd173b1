import type { Clock } from '../adapters/clock';
import type { Db } from '../db/client';
import { forOrganization } from '../db/tenant';
import { applyOutcomeToLead } from './call-outcome';

/** A page tells every 15 s that its call lives; after this long without news the call is taken for lost. */
const SILENCE_MS = 90_000;
const BATCH = 500;

interface OpenCall {
  id: string;
  organizationId: string;
  leadId: string | null;
  startedAt: Date;
  answeredAt: Date | null;
  seenAt: Date;
}

/** Closes what a dead browser left open. Its own report, should it still come, replaces what is written here. */
export class CallSweeper {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** @returns how many calls were closed */
  async sweep(): Promise<number> {
    const silentSince = new Date(this.clock.now().getTime() - SILENCE_MS);
    const calls = await this.db.call.findMany({
      where: { status: 'in-progress', seenAt: { lt: silentSince } },
      take: BATCH,
    });
    for (const call of calls) await this.close(call);
    return calls.length;
  }

  async close(call: OpenCall): Promise<void> {
    const status = call.answeredAt ? 'answered' : 'failed';
    const endedAt = call.seenAt;
    await forOrganization(this.db, call.organizationId).$transaction(async (tx) => {
      const { count } = await tx.call.updateMany({
        where: { id: call.id, status: 'in-progress' },
        data: {
          status,
          cause: 'The page was lost during the call.',
          hangupBy: 'system',
          endedAt,
          durationMs: endedAt.getTime() - call.startedAt.getTime(),
          talkMs: call.answeredAt && endedAt.getTime() - call.answeredAt.getTime(),
          interrupted: true,
        },
      });
      if (count > 0 && call.leadId)
        await applyOutcomeToLead(tx, { callId: call.id, leadId: call.leadId, status, endedAt });
    });
  }
}
