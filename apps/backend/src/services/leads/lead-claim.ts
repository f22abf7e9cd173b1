import type { Lead } from '../../db/generated/client';
import type { TenantTransaction } from '../../db/tenant';
import { AppError, notFound } from '../../errors/app-error';
import type { Actor } from '../../work/actor';
import { endRetriedCall } from '../calls/lost-call';

interface Claim {
  readonly id: string;
  readonly leadId: string;
  readonly destination: string;
  readonly dialerSessionId?: string | undefined;
  readonly retryOf?: string | undefined;
}

/** A lead and the name of the sheet it stands in. */
export type ClaimedLead = Lead & { readonly sheet: { readonly name: string } };

/**
 * Takes a lead for one call: from `new` to `in-progress`, or not at all. A retry takes it once more if the call it is
 * the retry of was its last; that call is over for whoever asks, though its record may not be here yet. The update is the lock, so that of two
 * pages only one gets the lead and no number is dialed twice.
 * @throws AppError `taken-over` when another page dials the sheet now, `lead-not-available` when the lead is
 *   being called, done or skipped
 */
export async function claimLead(
  tx: TenantTransaction,
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
    where: {
      id: lead.id,
      OR: [{ status: 'new' }, ...(claim.retryOf ? [{ lastCallId: claim.retryOf }] : [])],
    },
    data: { status: 'in-progress', attempts: { increment: 1 }, lastCallId: claim.id, lastCallAt: now },
  });
  if (count === 0) throw new AppError('lead-not-available', 'This lead is being called or done already.');
  if (claim.retryOf) await endRetriedCall(tx, claim.retryOf);
  return { ...lead, attempts: lead.attempts + 1 };
}

export function takenOver(): AppError {
  return new AppError(
    'taken-over',
    'This sheet is being dialed in another window. Press Start to take it back.',
  );
}
