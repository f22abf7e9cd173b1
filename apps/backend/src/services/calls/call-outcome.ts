import type { EndedStatus } from '@outdial/contracts';
import type { TenantTransaction } from '../../db/tenant';

/** How a call came out, for the lead it was for. */
interface Outcome {
  readonly callId: string;
  readonly leadId: string;
  readonly status: EndedStatus;
  readonly endedAt: Date;
}

/**
 * Writes a call's outcome to its lead, unless a later call has been made since. A lead that was skipped or put
 * back meanwhile stays so. When nothing is left, the sheet and its campaign are finished.
 */
export async function applyOutcomeToLead(db: TenantTransaction, outcome: Outcome): Promise<void> {
  const ofThisCall = { id: outcome.leadId, lastCallId: outcome.callId };
  await db.lead.updateMany({
    where: ofThisCall,
    data: { lastStatus: outcome.status, lastCallAt: outcome.endedAt },
  });
  const { count } = await db.lead.updateMany({
    where: { ...ofThisCall, status: 'in-progress' },
    data: { status: 'done' },
  });
  if (count === 0) return;
  const { sheetId, campaignId } = await db.lead.findUniqueOrThrow({
    where: { id: outcome.leadId },
    select: { sheetId: true, campaignId: true },
  });
  await finishWhenEmpty(db, sheetId, campaignId);
}

/** Marks a sheet and its campaign finished when no lead is waiting or being called. */
export async function finishWhenEmpty(
  db: TenantTransaction,
  sheetId: string,
  campaignId: string,
): Promise<void> {
  const open = await db.lead.findFirst({
    where: { sheetId, status: { in: ['new', 'in-progress'] } },
    select: { id: true },
  });
  if (open) return;
  await db.sheet.update({ where: { id: sheetId }, data: { status: 'finished', dialerSeenAt: null } });
  await db.campaign.update({ where: { id: campaignId }, data: { status: 'finished' } });
}
