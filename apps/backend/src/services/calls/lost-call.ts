import type { TenantTransaction } from '../../db/tenant';
import { applyOutcomeToLead } from './call-outcome';

interface OpenCall {
  readonly id: string;
  readonly leadId: string | null;
  readonly startedAt: Date;
  readonly answeredAt: Date | null;
  readonly seenAt: Date;
}

/**
 * Closes a call whose page is not heard of any more, as of when it last was. Its own report, should it still come,
 * replaces what is written here.
 */
export async function endLostCall(tx: TenantTransaction, call: OpenCall): Promise<void> {
  const status = call.answeredAt ? 'answered' : 'failed';
  const endedAt = call.seenAt;
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
}

/** Closes the call a retry follows, when its record has not come yet: a lead has one live call at most. */
export async function endRetriedCall(tx: TenantTransaction, callId: string): Promise<void> {
  const call = await tx.call.findFirst({ where: { id: callId, status: 'in-progress' } });
  if (call) await endLostCall(tx, call);
}
