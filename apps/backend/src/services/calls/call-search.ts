import type { TenantReader } from '../../db/tenant';
import type { Scope } from '../../work/scope';
import {
  agentOf,
  type CallFilter,
  type Condition,
  condition,
  durationOf,
  idsOf,
  inScope,
  isOneOf,
  kindsOf,
  leadOf,
} from './call-filter';
import { type ContactSearch, contactsWith, hasWord } from './contact-search';
import type { IdRange } from './local-days';

export interface CallQuery {
  readonly organizationId: number;
  readonly scope: Scope;
  readonly filter: CallFilter;
  /** The row of the filter's sheet; null without one. */
  readonly sheetId: number | null;
  readonly contacts: ContactSearch | null;
  /** Only calls with a lesser id: the last one of the page before. */
  readonly beforeId: number | null;
  readonly limit: number;
}

/** An index the page is read by, and the conditions it answers. */
interface Branch {
  readonly index: string;
  readonly conditions: readonly Condition[];
}

/** What drives the query: branches that share no call, joined newest first. */
type Driver = readonly Branch[];

type ManyContacts = Extract<ContactSearch, { kind: 'many' }>;

/** A kind of call that fewer calls than this have is the quickest way to them. */
const RARE = 2_000;
/** Longer calls than this are rare everywhere, in ms. */
const LONG_MS = 16 * 60_000;
/** So many of the newest calls are looked through for a name that many have, then so many, before its contacts are gone by. */
const NEWEST = [2_000, 20_000];

/**
 * The statement that gives the ids of a page of calls, newest first. What drives it is chosen here, since the optimizer
 * walks through all calls for a rare status (notes: 316 ms against 5 at ten million): contact, lead, rare kind or long
 * duration, sheet, agent, team, other kind, duration; else the calls themselves from the newest on.
 */
export async function callIdsOf(db: TenantReader, query: CallQuery): Promise<Condition> {
  const narrow = await narrowDriverOf(db, query);
  if (narrow) return pageBy(query, narrow);
  const { contacts } = query;
  const wide = wideDriverOf(query);
  return contacts?.kind === 'many' && contacts.words.length > 0
    ? pageOfMany(db, query, contacts, wide)
    : pageBy(query, wide);
}

/**
 * For a name that many have. Most often the newest calls are enough. Where they are not, since all who are called so
 * were called long ago, the way through all calls has no end: their contacts' calls are sorted instead.
 */
async function pageOfMany(
  db: TenantReader,
  query: CallQuery,
  contacts: ManyContacts,
  driver: Driver,
): Promise<Condition> {
  const { organizationId } = query;
  const { from, before } = rangeOf(query);
  for (const calls of NEWEST) {
    const [oldest] = await db.$queryRaw<{ id: bigint }[]>`SELECT id FROM \`call\` FORCE INDEX (PRIMARY)
      WHERE organizationId = ${organizationId} AND id >= ${from} AND id < ${before}
      ORDER BY id DESC LIMIT 1 OFFSET ${calls}`;
    if (!oldest) return pageBy(query, driver);
    const { sql, values } = pageBy(query, driver, Number(oldest.id));
    const newest = await db.$queryRawUnsafe<{ id: bigint }[]>(sql, ...values);
    if (newest.length < query.limit) continue;
    const isNewest = isOneOf(
      'id',
      newest.map(({ id }) => id),
    );
    return condition(
      `SELECT id FROM \`call\` WHERE organizationId = ? AND ${isNewest.sql}`,
      ...[organizationId, ...isNewest.values],
    );
  }
  return pageByWords(query, contacts);
}

function pageByWords(query: CallQuery, { words }: ManyContacts): Condition {
  const { organizationId, limit } = query;
  const { from, before } = rangeOf(query);
  const named = contactsWith(organizationId, words);
  const where = [
    condition('c.organizationId = ? AND c.id >= ? AND c.id < ?', organizationId, from, before),
    ...callConditionsOf(query),
  ];
  return condition(
    `SELECT STRAIGHT_JOIN c.id FROM (${named.sql}) AS named
      JOIN \`call\` c FORCE INDEX (call_organizationId_contactId_idx) ON c.contactId = named.contactId
      WHERE ${where.map(({ sql }) => sql).join(' AND ')} ORDER BY c.id DESC LIMIT ?`,
    ...[named, ...where].flatMap(({ values }) => values),
    limit,
  );
}

/** @param oldest only calls from this one on */
function pageBy(query: CallQuery, driver: Driver, oldest = 0): Condition {
  const common = conditionsOf(query);
  const branches = driver.map(({ index, conditions }) =>
    branchOf(query, index, [...conditions, ...common], oldest),
  );
  if (branches.length === 1) return branches[0] as Condition;
  return condition(
    `SELECT id FROM (${branches.map(({ sql }) => `(${sql})`).join(' UNION ALL ')}) AS found ORDER BY id DESC LIMIT ?`,
    ...branches.flatMap(({ values }) => values),
    query.limit,
  );
}

/** The ids a page may have: those of the time that is asked for, beyond the page before. */
function rangeOf({ filter, beforeId }: CallQuery): IdRange {
  const { from, before } = idsOf(filter);
  return { from, before: Math.min(before, beforeId ?? before) };
}

function branchOf(
  query: CallQuery,
  index: string,
  conditions: readonly Condition[],
  oldest: number,
): Condition {
  const { from, before } = rangeOf(query);
  const where = [
    condition('c.organizationId = ?', query.organizationId),
    ...conditions,
    condition('c.id >= ? AND c.id < ?', Math.max(from, oldest), before),
  ];
  return condition(
    `SELECT c.id FROM \`call\` c FORCE INDEX (${index}) WHERE ${where.map(({ sql }) => sql).join(' AND ')}
      ORDER BY c.id DESC LIMIT ?`,
    ...where.flatMap(({ values }) => values),
    query.limit,
  );
}

/** Everything that is asked for; what the driver answers already costs nothing to ask again. */
function conditionsOf(query: CallQuery): Condition[] {
  const { organizationId, contacts } = query;
  const asked = callConditionsOf(query);
  if (contacts?.kind === 'contacts') return [...asked, isOneOf('c.contactId', contacts.ids)];
  const words = contacts?.words ?? [];
  return [...asked, ...words.map((word) => hasWord(organizationId, 'c.contactId', word))];
}

/** The same without the names, which stand in other rows. */
function callConditionsOf({ scope, filter, sheetId, contacts }: CallQuery): Condition[] {
  const [agent, lead, kinds, duration] = [
    agentOf(filter),
    leadOf(filter),
    kindsOf(filter),
    durationOf(filter),
  ];
  const number = contacts?.kind === 'many' ? contacts.number : null;
  return [
    ...inScope(scope),
    ...(agent === null ? [] : [condition('c.agentId = ?', agent)]),
    ...(lead === null ? [] : [condition('c.leadId = ?', lead)]),
    ...(sheetId === null ? [] : [condition('c.sheetId = ?', sheetId)]),
    ...(kinds ? [isOneOf('c.kind', kinds)] : []),
    ...(duration ? [condition('c.durationMs BETWEEN ? AND ?', duration.min, duration.max)] : []),
    ...(number ? [condition('c.destination LIKE ?', number)] : []),
  ];
}

/** What leads to few calls, or to the calls of somebody or something; null for nothing. */
async function narrowDriverOf(db: TenantReader, query: CallQuery): Promise<Driver | null> {
  const { filter, contacts } = query;
  if (contacts?.kind === 'contacts') return one('call_organizationId_contactId_idx');
  if (leadOf(filter) !== null) return one('call_organizationId_leadId_idx');
  const [kinds, other] = [kindsOf(filter), ownDriverOf(query)];
  // How rare a kind is decides against another driver alone; without one it need not be asked.
  const hasOther = other !== null || (contacts?.words.length ?? 0) > 0;
  return kinds && hasOther && (await isRare(db, query, kinds)) ? byKind(kinds) : other;
}

/** Whose or which calls, unless their kind is rare. */
function ownDriverOf({ filter, scope, sheetId }: CallQuery): Driver | null {
  const duration = durationOf(filter);
  if (duration && duration.min > LONG_MS) return byDuration(duration.classes);
  if (sheetId !== null) return one('call_sheet');
  if (agentOf(filter) !== null || scope.kind === 'own') return one('call_agent');
  return scope.kind === 'team' ? byTeam(scope) : null;
}

/** What gives the order where nothing is narrow. */
function wideDriverOf({ filter }: CallQuery): Driver {
  const [kinds, duration] = [kindsOf(filter), durationOf(filter)];
  if (kinds) return byKind(kinds);
  return duration ? byDuration(duration.classes) : one('PRIMARY');
}

const one = (index: string): Driver => [{ index, conditions: [] }];

/** One branch for each value of the index's own column; nothing at all without any. */
const oneEach = (index: string, column: string, values: readonly number[]): Driver =>
  values.length > 0
    ? values.map((value) => ({ index, conditions: [condition(`${column} = ?`, value)] }))
    : [{ index, conditions: [condition('FALSE')] }];

const byKind = (kinds: readonly number[]): Driver => oneEach('call_kind', 'c.kind', kinds);

const byDuration = (classes: readonly number[]): Driver =>
  oneEach('call_duration', 'c.durationClass', classes);

/** The teams' calls, and the own ones of who looks after them where those were made outside. */
function byTeam({ teamIds, agentId }: Extract<Scope, { kind: 'team' }>): Driver {
  const teams = oneEach('call_team', 'c.teamId', teamIds);
  if (agentId === null) return teams;
  const { sql, values } = isOneOf('c.teamId', teamIds);
  const outside = condition(`(c.teamId IS NULL OR NOT ${sql})`, ...values);
  return [...teams, { index: 'call_agent', conditions: [condition('c.agentId = ?', agentId), outside] }];
}

/** Whether few calls are of these kinds; counts no further than it needs to. */
async function isRare(db: TenantReader, query: CallQuery, kinds: readonly number[]): Promise<boolean> {
  const { sql, values } = isOneOf('kind', kinds);
  const [row] = await db.$queryRawUnsafe<{ calls: bigint }[]>(
    `SELECT COUNT(*) AS calls FROM (SELECT 1 FROM \`call\` FORCE INDEX (call_kind)
      WHERE organizationId = ? AND ${sql} LIMIT ${RARE}) AS some`,
    query.organizationId,
    ...values,
  );
  return Number(row?.calls ?? 0) < RARE;
}
