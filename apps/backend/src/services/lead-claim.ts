import type { Lead } from '../db/generated/client';
import type { TenantDb, TenantTransaction } from '../db/tenant';
import { AppError, notFound } from '../errors/app-error';
import type { Actor } from './actor';

interface Claim {
  readonly id: string;
  readonly leadId: string;
  readonly destination: string;
  readonly dialerSessionId?: string | undefined;
}

/** A lead and the name of the sheet it stands in. */
export type ClaimedLead = Lead & { readonly sheet: { readonly name: string } };

/**
 * Takes a lead for one call: from `new` to `in-progress`, or not at all. The update is the lock, so that of two
 * pages only one gets the lead and no number is dialed twice.
 * @throws AppError `taken-over` when another page dials the sheet now, `lead-not-available` when the lead is
 *   being called, done or skipped
 */
export async function claimLead(
  tx: TenantDb | TenantTransaction,
  actor: Actor,
  claim: Claim,
  now: Date,
): Promise<ClaimedLead> {
  const lead = await tx.lead.findFirst({
    where: { id: claim.leadId, sheet: { uploadedById: actor.userId } },
    include: { sheet: { select: { name: true, dialerSessionId: true } } },
  });
  if (!lead) throw notFound('This lead');
  if (lead.sheet.dialerSessionId !== claim.dialerSessionId) throw takenOver();
  if (![lead.phone, ...(lead.alternatePhones as string[])].includes(claim.destination))
    throw new AppError('validation', 'This number does not belong to the lead.');
  const { count } = await tx.lead.updateMany({
    where: { id: lead.id, status: 'new' },
    data: { status: 'in-progress', attempts: { increment: 1 }, lastCallId: claim.id, lastCallAt: now },
  });
  if (count === 0) throw new AppError('lead-not-available', 'This lead is being called or done already.');
  return { ...lead, attempts: lead.attempts + 1 };
}

export function takenOver(): AppError {
  return new AppError(
    'taken-over',
    'This sheet is being dialed in another window. Press Start to take it back.',
  );
}
