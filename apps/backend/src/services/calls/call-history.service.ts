import type { Call, CallDetail, Page } from '@outdial/contracts';
import type { Db } from '../../db/client';
import { decodeCursor, numberCursor, pageFrom } from '../../db/keyset';
import { publicId, uuidBytes } from '../../db/public-ids';
import { forOrganization, type TenantReader } from '../../db/tenant';
import { notFound } from '../../errors/app-error';
import type { Actor } from '../../work/actor';
import { scopeWhere } from '../../work/scope';
import type { LeadsService } from '../leads/leads.service';
import type { CallFilter } from './call-filter';
import { readCalls } from './call-page';
import { callInclude, timelineOf, toCall } from './call-rows';
import { callIdsOf } from './call-search';
import { searchContacts } from './contact-search';

/** Calls as history, for those whose scope takes them in. */
export class CallHistoryService {
  constructor(
    private readonly db: Db,
    private readonly leads: LeadsService,
  ) {}

  async list(
    actor: Actor,
    { cursor, limit, ...filter }: CallFilter & { cursor?: string | undefined; limit: number },
  ): Promise<Page<Call>> {
    const db = this.#reader(actor);
    const { organizationId, scope } = actor;
    const [beforeId] = cursor ? decodeCursor(cursor, numberCursor) : [null];
    const [contacts, sheetId] = await Promise.all([
      searchContacts(db, organizationId, filter),
      filter.sheetId === undefined ? null : sheetIdOf(db, filter.sheetId),
    ]);
    const query = { organizationId, scope, filter, sheetId, contacts, beforeId, limit: limit + 1 };
    const calls = await readCalls(db, organizationId, await callIdsOf(db, query));
    const { rows, nextCursor } = pageFrom(calls, limit, ({ id }) => [id]);
    return { items: rows.map(toCall), nextCursor };
  }

  async show(actor: Actor, callId: string): Promise<CallDetail> {
    const row = await this.#reader(actor).call.findUnique({
      where: { uuid: uuidBytes(callId), ...scopeWhere(actor.scope) },
      include: callInclude,
    });
    if (!row) throw notFound('This call');
    const leadData = row.lead && (await this.leads.dataOf(actor, row.lead.id));
    return { ...toCall(row), timeline: timelineOf(row), leadData, interrupted: row.interrupted };
  }

  /** Agents whose calls the actor may see. */
  async agents(actor: Actor): Promise<{ id: string; name: string }[]> {
    const { scope } = actor;
    const teams =
      scope.kind === 'team' ? { OR: [{ teamId: { in: [...scope.teamIds] } }, { userId: actor.userId }] } : {};
    const rows = await this.#reader(actor).agentProfile.findMany({
      where: scope.kind === 'own' ? { userId: actor.userId } : teams,
      select: { id: true, user: { select: { name: true } } },
      take: 1000,
    });
    return rows
      .map((row) => ({ id: publicId('agent', row.id), name: row.user.name }))
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  #reader(actor: Actor): TenantReader {
    return forOrganization(this.db, actor.organizationId);
  }
}

/** A sheet's row; one that does not exist has no calls. */
async function sheetIdOf(db: TenantReader, sheetId: string): Promise<number> {
  const sheet = await db.sheet.findUnique({ where: { uuid: uuidBytes(sheetId) }, select: { id: true } });
  return sheet?.id ?? 0;
}
