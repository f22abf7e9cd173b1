import type { Call, CallDetail, CallStatus, Page, timelineEntrySchema } from '@outdial/contracts';
import type { z } from 'zod';
import type { Clock } from '../../adapters/clock';
import type { EventBus } from '../../adapters/event-bus';
import type { Db } from '../../db/client';
import { isDuplicate, retryDeadlocks } from '../../db/errors';
import type { Prisma } from '../../db/generated/client';
import { decodeCursor, pageFrom, timeIdCursor } from '../../db/keyset';
import { forOrganization, type TenantDb, type TenantTransaction } from '../../db/tenant';
import { AppError, notFound } from '../../errors/app-error';
import { type Actor, requireAgent } from '../../work/actor';
import { type ClaimedLead, claimLead } from '../leads/lead-claim';
import { dataOf } from '../leads/lead-rows';
import { tellCallChanged } from './call-events';
import { type CallFilter, callScope, callWhere } from './call-filter';
import { begunCall, type CallRow, callInclude, reversed, toCall } from './call-rows';

export interface NewCall {
  id: string;
  destination: string;
  leadId?: string | undefined;
  dialerSessionId?: string | undefined;
  retryOf?: string | undefined;
}

const MAX_SUMMARY_MS = 31 * 24 * 60 * 60 * 1000;

/** Calls: made before the INVITE leaves, read as history. */
export class CallsService {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly events: EventBus,
  ) {}

  /** Makes the call row, and claims its lead in the same transaction. Repeating an id changes nothing. */
  async create(actor: Actor, call: NewCall): Promise<Call> {
    const agentId = requireAgent(actor);
    const db = forOrganization(this.db, actor.organizationId);
    try {
      // The agent waits for this: as few queries as can be, and no transaction around a single one.
      const begun = call.leadId
        ? await retryDeadlocks(() => db.$transaction((tx) => this.#claim(tx, actor, agentId, call)))
        : await this.#begin(db, actor, agentId, call, null, this.clock.now());
      tellCallChanged(this.events, actor, begun.id);
      return begun;
    } catch (error) {
      return this.#again(db, agentId, call.id, error);
    }
  }

  /** What a request gets that failed because it is the repetition of one that did not: the call of that one. */
  async #again(db: TenantDb, agentId: string, callId: string, error: unknown): Promise<Call> {
    const isRefused = error instanceof AppError;
    if (!isRefused && !isDuplicate(error)) throw error;
    const existing = await this.#find(db, callId);
    if (existing?.agentId === agentId) return toCall(existing);
    if (existing) throw notFound('This call');
    throw isRefused ? error : new AppError('conflict', 'This call id is taken. Dial again.');
  }

  async #claim(tx: TenantTransaction, actor: Actor, agentId: string, call: NewCall): Promise<Call> {
    const now = this.clock.now();
    const lead = await claimLead(tx, actor, { ...call, leadId: call.leadId ?? '' }, now);
    return this.#begin(tx, actor, agentId, call, lead, now);
  }

  async #begin(
    db: TenantDb | TenantTransaction,
    actor: Actor,
    agentId: string,
    call: NewCall,
    lead: ClaimedLead | null,
    now: Date,
  ): Promise<Call> {
    await db.call.createMany({
      data: {
        id: call.id,
        organizationId: actor.organizationId,
        agentId,
        direction: 'outbound',
        destination: call.destination,
        destinationReversed: reversed(call.destination),
        status: 'in-progress',
        startedAt: now,
        seenAt: now,
        ...(lead && {
          leadId: lead.id,
          sheetId: lead.sheetId,
          campaignId: lead.campaignId,
          attempt: lead.attempts,
        }),
      },
    });
    const agent = { id: agentId, name: actor.name };
    return begunCall({ id: call.id, destination: call.destination, agent }, now, lead);
  }

  /** News of a call in progress. What is known already, or comes after the end, changes nothing. */
  async progress(actor: Actor, callId: string, phase: 'ringing' | 'answered' | 'alive'): Promise<Call> {
    const agentId = requireAgent(actor);
    const db = forOrganization(this.db, actor.organizationId);
    const now = this.clock.now();
    const live = { id: callId, agentId, status: 'in-progress' };
    await db.call.updateMany({ where: live, data: { seenAt: now } });
    if (phase === 'ringing')
      await db.call.updateMany({
        where: { ...live, ringingAt: null, answeredAt: null },
        data: { ringingAt: now },
      });
    if (phase === 'answered')
      await db.call.updateMany({ where: { ...live, answeredAt: null }, data: { answeredAt: now } });
    const row = await this.#find(db, callId);
    if (!row || row.agentId !== agentId) throw notFound('This call');
    if (row.sheetId)
      await db.sheet.updateMany({
        where: { id: row.sheetId, status: 'running' },
        data: { dialerSeenAt: now },
      });
    if (phase !== 'alive') tellCallChanged(this.events, actor, callId);
    return toCall(row);
  }

  async list(
    actor: Actor,
    filter: CallFilter & { cursor?: string | undefined; limit: number },
  ): Promise<Page<Call>> {
    const after = filter.cursor ? decodeCursor(filter.cursor, timeIdCursor) : null;
    const rows = await forOrganization(this.db, actor.organizationId).call.findMany({
      where: {
        ...callWhere(actor, filter),
        ...(after && {
          startedAt: { ...callWhere(actor, filter).startedAt, lte: new Date(after[0]) },
          NOT: { startedAt: new Date(after[0]), id: { gte: after[1] } },
        }),
      },
      include: callInclude,
      orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
      take: filter.limit + 1,
    });
    const page = pageFrom(rows, filter.limit, (row) => [row.startedAt.toISOString(), row.id]);
    return { items: page.rows.map(toCall), nextCursor: page.nextCursor };
  }

  async summary(actor: Actor, range: { from: string; to: string; agentId?: string | undefined }) {
    const [from, to] = [new Date(range.from), new Date(range.to)];
    if (to.getTime() - from.getTime() > MAX_SUMMARY_MS)
      throw new AppError('validation', 'Choose a range of at most 31 days.');
    const groups = await forOrganization(this.db, actor.organizationId).call.groupBy({
      by: ['status'],
      where: callWhere(actor, range),
      _count: { _all: true },
      _sum: { talkMs: true },
    });
    return {
      total: groups.reduce((sum, group) => sum + group._count._all, 0),
      byStatus: Object.fromEntries(groups.map((group) => [group.status as CallStatus, group._count._all])),
      talkMs: groups.reduce((sum, group) => sum + (group._sum.talkMs ?? 0), 0),
    };
  }

  async show(actor: Actor, callId: string): Promise<CallDetail> {
    const row = await forOrganization(this.db, actor.organizationId).call.findUnique({
      where: { id: callId, ...callScope(actor) },
      include: { ...callInclude, lead: true },
    });
    if (!row) throw notFound('This call');
    return {
      ...toCall({ ...row, lead: row.lead && { id: row.lead.id, name: row.lead.name } }),
      timeline: timelineOf(row),
      leadData: row.lead && dataOf(row.lead),
      interrupted: row.interrupted,
    };
  }

  /** Agents whose calls the actor may see. */
  async agents(actor: Actor): Promise<{ id: string; name: string }[]> {
    const rows = await forOrganization(this.db, actor.organizationId).agentProfile.findMany({
      where: actor.permissions.has('call:read-organization') ? {} : { userId: actor.userId },
      select: { id: true, user: { select: { name: true } } },
      take: 1000,
    });
    return rows
      .map((row) => ({ id: row.id, name: row.user.name }))
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  #find(db: TenantDb, callId: string): Promise<CallRow | null> {
    return db.call.findUnique({ where: { id: callId }, include: callInclude });
  }
}

type TimelineEntry = z.infer<typeof timelineEntrySchema>;

/** What happened when, as far as the call's record tells. */
function timelineOf(row: Prisma.CallGetPayload<{ include: { recording: true } }>): TimelineEntry[] {
  const entries: (Omit<TimelineEntry, 'at'> & { at: Date | null | undefined })[] = [
    { at: row.startedAt, kind: 'dialed', text: `Dialed ${row.destination}` },
    { at: row.ringingAt, kind: 'ringing', text: 'Ringing' },
    { at: row.answeredAt, kind: 'answered', text: 'Answered' },
    { at: row.endedAt, kind: 'ended', text: row.cause ?? 'Ended' },
    { at: row.recording?.createdAt, kind: 'recording-stored', text: 'Recording stored' },
  ];
  return entries.flatMap(({ at, ...entry }) => (at ? [{ ...entry, at: at.toISOString() }] : []));
}
