import { type CallFault, type CallReach, type EndedStatus, isUndone } from '@outdial/contracts';
import type { Db } from '../../db/client';
import type { Lead } from '../../db/generated/client';
import { rowId, uuidBytes } from '../../db/public-ids';
import { forOrganization, type TenantTransaction } from '../../db/tenant';
import { AppError, notFound } from '../../errors/app-error';
import type { Actor } from '../../work/actor';
import type { Statement, Unit } from '../../work/units';
import { dataOf } from './lead-rows';
import { finishWhenEmpty } from './sheet-state';
import { moveTally, tallyMove } from './tally';

export interface Claim {
  /** The call's UUID. */
  readonly callId: string;
  readonly leadId: string;
  readonly destination: string;
  readonly dialerSessionId?: string | undefined;
  /** The lead's last call, to take the lead once more although it is done. */
  readonly retryOf?: string | undefined;
}

/** A lead that is about to be taken for a call, and the statements that take it or are refused. */
export interface PreparedClaim {
  readonly id: number;
  readonly name: string | null;
  readonly campaignId: number;
  readonly sheet: { readonly id: number; readonly uuid: Uint8Array; readonly name: string };
  /** The n-th call to this lead. */
  readonly attempt: number;
  readonly statements: readonly Statement[];
}

/** How a call came out, for the lead it was for. */
export interface Outcome {
  readonly callUuid: Uint8Array;
  readonly leadId: number;
  readonly status: EndedStatus;
  readonly reached: CallReach;
  readonly fault: CallFault;
  readonly endedAt: Date;
  readonly agentId: number;
  /** Whether the lead was given back for this very call, of which more is known now. */
  readonly wasUndone: boolean;
}

/** So often a lead goes back to the end of the queue for the carrier's fault; then it is this number's. */
const MOST_CARRIER_FAULTS = 6;

/** Leads as the other domains know them: taken for a call, and settled at its end. */
export class LeadsService {
  constructor(private readonly db: Db) {}

  /**
   * Reads what a call needs to know of its lead. The statements take it from `new` to `in-progress`, or change nothing:
   * of two pages only one gets the lead and no number is dialed twice. A retry takes it once more if the call it is the
   * retry of was its last.
   * @throws AppError `taken-over` when another page dials the sheet now
   */
  async prepareClaim(actor: Actor, agentId: number, claim: Claim, now: Date): Promise<PreparedClaim> {
    const { organizationId } = actor;
    const lead = await forOrganization(this.db, organizationId).lead.findFirst({
      where: { id: rowId('lead', claim.leadId), sheet: { uploadedById: actor.userId } },
      include: { sheet: { select: { id: true, uuid: true, name: true, dialerSessionId: true } } },
    });
    if (!lead) throw notFound('This lead');
    if (lead.sheet.dialerSessionId !== claim.dialerSessionId) throw takenOver();
    if (![lead.phone, ...(lead.alternatePhones as string[])].includes(claim.destination))
      throw new AppError('validation', 'This number does not belong to the lead.');
    const uuid = Buffer.from(uuidBytes(claim.callId));
    const retried = claim.retryOf ? Buffer.from(uuidBytes(claim.retryOf)) : null;
    const take: Statement = {
      sql: `UPDATE \`lead\` SET status = 'in-progress', attempts = attempts + 1, lastCallUuid = ?, lastCallAt = ?
        WHERE organizationId = ? AND id = ? AND status = ? AND (status = 'new' OR (status <> 'in-progress' AND lastCallUuid = ?))`,
      values: [uuid, now, organizationId, lead.id, lead.status, retried],
      mustChange: 1,
    };
    const key = { organizationId, sheetId: lead.sheetId };
    const counted = tallyMove(key, lead, { ...lead, status: 'in-progress' }, agentId);
    const { id, name, campaignId, sheet, attempts } = lead;
    return { id, name, campaignId, sheet, attempt: attempts + 1, statements: [take, ...counted] };
  }

  /** The sheet's columns for a lead, in the sheet's order. */
  async dataOf(actor: Actor, leadId: number): Promise<Record<string, string> | null> {
    const where = { id: leadId };
    const lead = await forOrganization(this.db, actor.organizationId).lead.findFirst({ where });
    return lead && dataOf(lead);
  }

  /**
   * Writes a call's outcome to its lead, unless a later call has been made since. A lead whose call reached nobody by a
   * fault of ours or the carrier's waits again as if it had not been called. One that was skipped or put back meanwhile
   * stays so. When nothing is left, the sheet and its campaign are finished.
   */
  async settle({ tx, actor }: Unit, outcome: Outcome): Promise<void> {
    const { organizationId } = actor;
    const lead = await lockLead(tx, organizationId, outcome.leadId);
    if (!lead?.lastCallUuid || !Buffer.from(lead.lastCallUuid).equals(outcome.callUuid)) return;
    const isOpen = lead.status === 'in-progress' || (lead.status === 'new' && outcome.wasUndone);
    const settled = isOpen
      ? await settledLead(tx, lead, outcome)
      : { ...standingOf(lead), lastStatus: outcome.status };
    const { leadId: id, endedAt: lastCallAt } = outcome;
    await tx.lead.updateMany({ where: { id }, data: { ...settled, lastCallAt } });
    const key = { organizationId, sheetId: lead.sheetId };
    await moveTally(tx, key, lead, settled, outcome.agentId);
    if (isOpen) await finishWhenEmpty(tx, organizationId, lead.sheetId, lead.campaignId);
  }

  /** The pages that dial these sheets were heard of. */
  dialersHeard(organizationId: number, sheetIds: readonly number[], now: Date): Statement {
    return {
      sql: `UPDATE sheet SET dialerSeenAt = ? WHERE organizationId = ? AND id IN (${sheetIds.map(() => '?')})
        AND status = 'running'`,
      values: [now, organizationId, ...sheetIds],
    };
  }
}

const standingOf = ({ status, lastStatus }: Lead) => ({ status, lastStatus });

/** What becomes of a lead whose call has ended. */
async function settledLead(tx: TenantTransaction, lead: Lead, outcome: Outcome): Promise<SettledLead> {
  const carrierFaults = outcome.fault === 'carrier' ? lead.carrierFaults + 1 : 0;
  if (!isUndone(outcome) || carrierFaults >= MOST_CARRIER_FAULTS)
    return { status: 'done', lastStatus: outcome.status, carrierFaults: 0 };
  const attempts = lead.status === 'new' ? lead.attempts : Math.max(0, lead.attempts - 1);
  const back = { status: 'new', lastStatus: lead.lastStatus, attempts, carrierFaults };
  if (outcome.fault !== 'carrier') return back;
  const where = { sheetId: lead.sheetId, status: 'new' };
  const last = await tx.lead.findFirst({ where, orderBy: { rank: 'desc' }, select: { rank: true } });
  return { ...back, rank: Math.max(lead.rank, (last?.rank ?? lead.rank) + 1) };
}

type SettledLead = Pick<Lead, 'status' | 'lastStatus' | 'carrierFaults'> &
  Partial<Pick<Lead, 'attempts' | 'rank'>>;

/** Holds a lead for the rest of the unit: what is read of it is still true when it is written. */
export async function lockLead(
  tx: TenantTransaction,
  organizationId: number,
  id: number,
): Promise<Lead | null> {
  await tx.$queryRaw`SELECT id FROM \`lead\` WHERE organizationId = ${organizationId} AND id = ${id} FOR UPDATE`;
  return tx.lead.findFirst({ where: { id } });
}

export function takenOver(): AppError {
  return new AppError(
    'taken-over',
    'This sheet is being dialed in another window. Press Start to take it back.',
  );
}
