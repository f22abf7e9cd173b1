import type { Lead, Queue } from '@outdial/contracts';
import type { Clock } from '../../adapters/clock';
import type { Db } from '../../db/client';
import type { Sheet } from '../../db/generated/client';
import { rowId, uuidBytes, uuidText } from '../../db/public-ids';
import { forOrganization, type TenantTransaction } from '../../db/tenant';
import { AppError, notFound } from '../../errors/app-error';
import { type Actor, requireAgent } from '../../work/actor';
import type { Unit, Units } from '../../work/units';
import { toLead } from './lead-rows';
import { lockLead, takenOver } from './leads.service';
import { isDialed, readQueue } from './queue-rows';
import { finishWhenEmpty } from './sheet-state';
import { moveTally } from './tally';

type QueueState = 'running' | 'paused' | 'stopped';

interface LeadAction {
  readonly sheetId: string;
  readonly leadId: string;
  readonly dialerSessionId: string;
}

interface Retry extends LeadAction {
  /** The lead's last call as the agent saw it. */
  readonly lastCallId: string | null;
}

/** The queue of a sheet: who is next, what came of the others, and which page dials it. */
export class QueueService {
  constructor(
    private readonly db: Db,
    private readonly units: Units,
    private readonly clock: Clock,
  ) {}

  async show(actor: Actor, sheetId: string, dialerSessionId?: string): Promise<Queue> {
    const sheet = await this.#ownSheet(actor, sheetId);
    return readQueue(this.#reader(actor), sheet.id, this.clock.now(), dialerSessionId);
  }

  /**
   * Makes one page the dialer of the sheet.
   * @returns the sheet's row if another page had it before: what that page left open is to be closed
   * @throws AppError `dialed-elsewhere` while another page dials it, unless that is taken over
   */
  open(actor: Actor, sheetId: string, dialerSessionId: string, takeOver: boolean): Promise<Sheet | null> {
    requireAgent(actor);
    return this.units.run(actor, async (unit) => {
      const sheet = await this.#lockSheet(unit, actor, sheetId);
      if (sheet.dialerSessionId === dialerSessionId) return null;
      if (isDialed(sheet, unit.now) && !takeOver)
        throw new AppError('dialed-elsewhere', 'This sheet is being dialed in another window. Take it over?');
      const { id } = sheet;
      await unit.tx.sheet.updateMany({ where: { id }, data: { dialerSessionId, dialerSeenAt: unit.now } });
      if (sheet.dialerSessionId)
        unit.event('dialer.taken-over', actor, { sheetId, dialerSessionId: sheet.dialerSessionId });
      return sheet;
    });
  }

  async setState(actor: Actor, sheetId: string, dialerSessionId: string, state: QueueState): Promise<Queue> {
    await this.units.run(actor, async (unit) => {
      const { id, campaignId } = await this.#dialedSheet(unit, actor, sheetId, dialerSessionId);
      const status = state === 'running' ? 'running' : 'paused';
      const dialerSeenAt = state === 'running' ? unit.now : null;
      await unit.tx.sheet.updateMany({
        where: { id },
        data: { status, dialerSeenAt, ...(state === 'stopped' && { dialerSessionId: null }) },
      });
      await unit.tx.campaign.updateMany({ where: { id: campaignId }, data: { status } });
      await finishWhenEmpty(unit.tx, actor.organizationId, id, campaignId);
    });
    return this.show(actor, sheetId, dialerSessionId);
  }

  skip(actor: Actor, action: LeadAction): Promise<Lead> {
    return this.units.run(actor, async (unit) => {
      const sheet = await this.#dialedSheet(unit, actor, action.sheetId, action.dialerSessionId);
      const { id, lead } = await this.#lockLead(unit, actor, sheet, action.leadId);
      if (lead.status === 'done') throw new AppError('lead-not-available', 'This lead is done already.');
      await this.#move(unit.tx, actor, { ...lead, id }, { status: 'skipped' });
      await finishWhenEmpty(unit.tx, actor.organizationId, sheet.id, sheet.campaignId);
      return toLead(await unit.tx.lead.findFirstOrThrow({ where: { id } }));
    });
  }

  /** Puts a lead back unless it is being called, waits already, or was called after `lastCallId`. */
  retry(actor: Actor, action: Retry): Promise<Lead> {
    return this.units.run(actor, async (unit) => {
      const sheet = await this.#dialedSheet(unit, actor, action.sheetId, action.dialerSessionId);
      const { id, lead } = await this.#lockLead(unit, actor, sheet, action.leadId);
      const lastCallId = lead.lastCallUuid && uuidText(lead.lastCallUuid);
      if (!['done', 'skipped'].includes(lead.status) || lastCallId !== action.lastCallId)
        throw new AppError('lead-not-available', 'This lead is being called or waits already.');
      const where = { sheetId: sheet.id, status: 'new' };
      const first = await unit.tx.lead.findFirst({ where, orderBy: { rank: 'asc' }, select: { rank: true } });
      const rank = Math.min(0, first?.rank ?? 0) - 1;
      await this.#move(unit.tx, actor, { ...lead, id }, { status: 'new', rank });
      await this.#reopen(unit.tx, sheet);
      return toLead(await unit.tx.lead.findFirstOrThrow({ where: { id } }));
    });
  }

  /** A finished sheet has somebody to call again; its campaign with it. */
  async #reopen(tx: TenantTransaction, { id, campaignId, status }: Sheet): Promise<void> {
    if (status !== 'finished') return;
    await tx.sheet.updateMany({ where: { id }, data: { status: 'paused' } });
    await tx.campaign.updateMany({ where: { id: campaignId }, data: { status: 'paused' } });
  }

  async #move(
    tx: TenantTransaction,
    { organizationId, agent }: Actor,
    lead: { id: number; sheetId: number; status: string; lastStatus: string | null },
    to: { status: string; rank?: number },
  ): Promise<void> {
    await tx.lead.updateMany({ where: { id: lead.id }, data: to });
    const key = { organizationId, sheetId: lead.sheetId };
    await moveTally(tx, key, lead, { ...lead, status: to.status }, agent?.id ?? 0);
  }

  #reader(actor: Actor) {
    return forOrganization(this.db, actor.organizationId);
  }

  async #ownSheet(actor: Actor, sheetId: string): Promise<Sheet> {
    const where = { uuid: uuidBytes(sheetId), uploadedById: actor.userId };
    const sheet = await this.#reader(actor).sheet.findUnique({ where });
    if (!sheet) throw notFound('This sheet');
    return sheet;
  }

  /** Two pages that want the sheet at the same time get it one after the other. */
  async #lockSheet({ tx }: Unit, actor: Actor, sheetId: string): Promise<Sheet> {
    const { id } = await this.#ownSheet(actor, sheetId);
    await tx.$queryRaw`SELECT id FROM sheet WHERE organizationId = ${actor.organizationId} AND id = ${id} FOR UPDATE`;
    return tx.sheet.findFirstOrThrow({ where: { id } });
  }

  async #dialedSheet(unit: Unit, actor: Actor, sheetId: string, dialerSessionId: string): Promise<Sheet> {
    const sheet = await this.#lockSheet(unit, actor, sheetId);
    if (sheet.dialerSessionId !== dialerSessionId) throw takenOver();
    return sheet;
  }

  async #lockLead({ tx }: Unit, actor: Actor, sheet: Sheet, leadId: string) {
    const id = rowId('lead', leadId);
    const lead = await lockLead(tx, actor.organizationId, id);
    if (lead?.sheetId !== sheet.id) throw notFound('This lead');
    return { id, lead };
  }
}
