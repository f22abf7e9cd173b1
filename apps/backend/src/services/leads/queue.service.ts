import type { CallStatus, Lead, Queue } from '@outdial/contracts';
import type { Clock } from '../../adapters/clock';
import type { EventBus } from '../../adapters/event-bus';
import type { Db } from '../../db/client';
import type { Sheet } from '../../db/generated/client';
import { forOrganization, type TenantDb, type TenantTransaction } from '../../db/tenant';
import { AppError, notFound } from '../../errors/app-error';
import { type Actor, requireAgent } from '../../work/actor';
import { finishWhenEmpty } from '../calls/call-outcome';
import type { CallSweeper } from '../calls/call-sweeper';
import { takenOver } from './lead-claim';
import { toLead } from './lead-rows';
import { sheetInclude, toSheet } from './sheet-rows';

/**
 * A page that dials is heard of every 15 s in a call and at each dial; between two calls lies a wrap-up of 120 s at
 * most. After this long another page may take the sheet unasked.
 */
const DIALER_SILENCE_MS = 150_000;
const LOOK_AHEAD = 10;
/** Longer gaps between two dials are breaks, not work. */
const LONGEST_HANDLE_MS = 15 * 60_000;

interface Retry {
  readonly sheetId: string;
  readonly leadId: string;
  /** The lead's last call as the agent saw it. */
  readonly lastCallId: string | null;
  readonly dialerSessionId: string;
}

type QueueState = 'running' | 'paused' | 'stopped';

/** The queue of a sheet: who is next, what came of the others, and which page dials it. */
export class QueueService {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly events: EventBus,
    private readonly sweeper: CallSweeper,
  ) {}

  async show(actor: Actor, sheetId: string, dialerSessionId?: string): Promise<Queue> {
    const db = forOrganization(this.db, actor.organizationId);
    const sheet = await this.#ownSheet(db, actor, sheetId);
    if (dialerSessionId && sheet.dialerSessionId === dialerSessionId && sheet.status === 'running')
      await db.sheet.update({ where: { id: sheetId }, data: { dialerSeenAt: this.clock.now() } });
    return this.#queue(db, sheetId, dialerSessionId);
  }

  /** Makes one page the dialer of the sheet, and closes calls that a lost page left open. */
  async open(actor: Actor, sheetId: string, dialerSessionId: string, takeOver: boolean): Promise<Queue> {
    requireAgent(actor);
    const db = forOrganization(this.db, actor.organizationId);
    const sheet = await this.#ownSheet(db, actor, sheetId);
    if (sheet.dialerSessionId !== dialerSessionId) {
      if (this.#isDialed(sheet) && !takeOver)
        throw new AppError('dialed-elsewhere', 'This sheet is being dialed in another window. Take it over?');
      if (sheet.dialerSessionId) this.#tellTakenOver(actor, sheetId, sheet.dialerSessionId);
      await db.sheet.update({
        where: { id: sheetId },
        data: { dialerSessionId, dialerSeenAt: this.clock.now() },
      });
      await this.#closeLostCalls(db, sheetId);
    }
    return this.#queue(db, sheetId, dialerSessionId);
  }

  async setState(actor: Actor, sheetId: string, dialerSessionId: string, state: QueueState): Promise<Queue> {
    const db = forOrganization(this.db, actor.organizationId);
    const sheet = await this.#dialedSheet(db, actor, sheetId, dialerSessionId);
    const status = state === 'running' ? 'running' : 'paused';
    const dialerSeenAt = state === 'running' ? this.clock.now() : null;
    await db.$transaction(async (tx) => {
      await tx.sheet.update({
        where: { id: sheetId },
        data: { status, dialerSeenAt, ...(state === 'stopped' && { dialerSessionId: null }) },
      });
      await tx.campaign.update({ where: { id: sheet.campaignId }, data: { status } });
      await finishWhenEmpty(tx, sheetId, sheet.campaignId);
    });
    return this.#queue(db, sheetId, dialerSessionId);
  }

  async skip(actor: Actor, sheetId: string, leadId: string, dialerSessionId: string): Promise<Lead> {
    const db = forOrganization(this.db, actor.organizationId);
    const sheet = await this.#dialedSheet(db, actor, sheetId, dialerSessionId);
    return db.$transaction(async (tx) => {
      const { count } = await tx.lead.updateMany({
        where: { id: leadId, sheetId, status: { in: ['new', 'in-progress', 'skipped'] } },
        data: { status: 'skipped' },
      });
      if (count === 0) throw await refusalOf(tx, sheetId, leadId, 'This lead is done already.');
      await finishWhenEmpty(tx, sheetId, sheet.campaignId);
      return toLead(await tx.lead.findUniqueOrThrow({ where: { id: leadId } }));
    });
  }

  /** Puts a lead back unless it is being called, waits already, or was called after `lastCallId`. */
  async retry(actor: Actor, { sheetId, leadId, lastCallId, dialerSessionId }: Retry): Promise<Lead> {
    const db = forOrganization(this.db, actor.organizationId);
    const sheet = await this.#dialedSheet(db, actor, sheetId, dialerSessionId);
    return db.$transaction(async (tx) => {
      const first = await tx.lead.findFirst({
        where: { sheetId, status: 'new' },
        orderBy: { queueOrder: 'asc' },
        select: { queueOrder: true },
      });
      const { count } = await tx.lead.updateMany({
        where: { id: leadId, sheetId, lastCallId, status: { in: ['done', 'skipped'] } },
        data: { status: 'new', queueOrder: Math.min(0, first?.queueOrder ?? 0) - 1 },
      });
      if (count === 0)
        throw await refusalOf(tx, sheetId, leadId, 'This lead is being called or waits already.');
      await this.#reopen(tx, sheet);
      return toLead(await tx.lead.findUniqueOrThrow({ where: { id: leadId } }));
    });
  }

  /** A finished sheet has somebody to call again; its campaign with it. */
  async #reopen(tx: TenantTransaction, { id, campaignId, status }: Sheet): Promise<void> {
    if (status !== 'finished') return;
    await tx.sheet.update({ where: { id }, data: { status: 'paused' } });
    await tx.campaign.update({ where: { id: campaignId }, data: { status: 'paused' } });
  }

  #isDialed(sheet: Sheet): boolean {
    const seen = sheet.dialerSeenAt?.getTime() ?? 0;
    return sheet.status === 'running' && seen > this.clock.now().getTime() - DIALER_SILENCE_MS;
  }

  async #ownSheet(db: TenantDb, actor: Actor, sheetId: string): Promise<Sheet> {
    const sheet = await db.sheet.findUnique({ where: { id: sheetId, uploadedById: actor.userId } });
    if (!sheet) throw notFound('This sheet');
    return sheet;
  }

  async #dialedSheet(db: TenantDb, actor: Actor, sheetId: string, dialerSessionId: string): Promise<Sheet> {
    const sheet = await this.#ownSheet(db, actor, sheetId);
    if (sheet.dialerSessionId !== dialerSessionId) throw takenOver();
    return sheet;
  }

  async #closeLostCalls(db: TenantDb, sheetId: string): Promise<void> {
    const calls = await db.call.findMany({ where: { sheetId, status: 'in-progress' } });
    for (const call of calls) await this.sweeper.close(call);
  }

  #tellTakenOver(actor: Actor, sheetId: string, dialerSessionId: string): void {
    this.events.publish(
      { kind: 'user', userId: actor.userId },
      { name: 'dialer-taken-over', sheetId, dialerSessionId },
    );
  }

  async #queue(db: TenantDb, sheetId: string, dialerSessionId?: string): Promise<Queue> {
    const [sheet, groups, upcoming, recent, calls] = await Promise.all([
      db.sheet.findUniqueOrThrow({ where: { id: sheetId }, include: sheetInclude }),
      db.lead.groupBy({ by: ['status', 'lastStatus'], where: { sheetId }, _count: { _all: true } }),
      db.lead.findMany({
        where: { sheetId, status: 'new' },
        orderBy: { queueOrder: 'asc' },
        take: LOOK_AHEAD,
      }),
      db.lead.findMany({
        where: { sheetId, lastCallAt: { not: null } },
        orderBy: { lastCallAt: 'desc' },
        take: LOOK_AHEAD,
      }),
      db.call.findMany({
        where: { sheetId },
        orderBy: { startedAt: 'desc' },
        take: 20,
        select: { startedAt: true },
      }),
    ]);
    const count = (match: (group: (typeof groups)[number]) => boolean) =>
      groups.filter(match).reduce((sum, group) => sum + group._count._all, 0);
    const byStatus: Partial<Record<CallStatus, number>> = {};
    for (const { lastStatus, status, _count } of groups) {
      if (lastStatus && status !== 'new')
        byStatus[lastStatus as CallStatus] = (byStatus[lastStatus as CallStatus] ?? 0) + _count._all;
    }
    return {
      sheet: toSheet(
        sheet,
        count((group) => group.status === 'new'),
      ),
      counts: {
        total: count(() => true),
        remaining: count((group) => group.status === 'new'),
        done: count((group) => group.status === 'done'),
        skipped: count((group) => group.status === 'skipped'),
        byStatus,
      },
      upcoming: upcoming.map(toLead),
      recent: recent.map(toLead),
      averageHandleMs: averageGapMs(calls.map((call) => call.startedAt.getTime())),
      dialer:
        this.#isDialed(sheet) && sheet.dialerSessionId
          ? { sessionId: sheet.dialerSessionId, mine: sheet.dialerSessionId === dialerSessionId }
          : null,
    };
  }
}

/** Why a lead of the sheet was not changed. */
async function refusalOf(
  tx: TenantTransaction,
  sheetId: string,
  leadId: string,
  message: string,
): Promise<AppError> {
  const lead = await tx.lead.findUnique({ where: { id: leadId, sheetId }, select: { id: true } });
  return lead ? new AppError('lead-not-available', message) : notFound('This lead');
}

/** Mean gap between dials, newest first, leaving breaks out. */
function averageGapMs(starts: readonly number[]): number | null {
  const gaps = starts.slice(1).map((start, index) => (starts[index] ?? start) - start);
  const work = gaps.filter((gap) => gap < LONGEST_HANDLE_MS);
  return work.length > 0 ? Math.round(work.reduce((sum, gap) => sum + gap, 0) / work.length) : null;
}
