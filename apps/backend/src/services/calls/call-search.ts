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
import type { ContactSearch } from './contact-search';

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

/** A kind of call that fewer calls than this have is the quickest way to them. */
const RARE = 2_000;
/** Longer calls than this are rare everywhere, in ms. */
const LONG_MS = 16 * 60_000;

/**
 * The ids of a page of calls, newest first. What drives the query is chosen here, since the optimizer walks through all
 * calls for a rare status (notes: 316 ms against 5 at ten million): contact, lead, rare kind or long duration, sheet,
 * agent, team, other kind, duration; else the calls themselves from the newest on.
 */
export async function findCallIds(db: TenantReader, query: CallQuery): Promise<number[]> {
  const { sql, values } = await statementOf(db, query);
  const rows = await db.$queryRawUnsafe<{ id: bigint | number }[]>(sql, ...values);
  return rows.map(({ id }) => Number(id));
}

async function statementOf(db: TenantReader, query: CallQuery): Promise<Condition> {
  const driver = await driverOf(db, query);
  const common = conditionsOf(query);
  const branches = driver.map(({ index, conditions }) => branchOf(query, index, [...conditions, ...common]));
  if (branches.length === 1) return branches[0] as Condition;
  return condition(
    `SELECT id FROM (${branches.map(({ sql }) => `(${sql})`).join(' UNION ALL ')}) AS found ORDER BY id DESC LIMIT ?`,
    ...branches.flatMap(({ values }) => values),
    query.limit,
  );
}

function branchOf(query: CallQuery, index: string, conditions: readonly Condition[]): Condition {
  const { from, before } = idsOf(query.filter);
  const end = Math.min(before, query.beforeId ?? before);
  const where = [
    condition('c.organizationId = ?', query.organizationId),
    ...conditions,
    condition('c.id >= ? AND c.id < ?', from, end),
  ];
  return condition(
    `SELECT c.id FROM \`call\` c FORCE INDEX (${index}) WHERE ${where.map(({ sql }) => sql).join(' AND ')}
      ORDER BY c.id DESC LIMIT ?`,
    ...where.flatMap(({ values }) => values),
    query.limit,
  );
}

const PATTERN = `EXISTS (SELECT 1 FROM contact k WHERE k.organizationId = c.organizationId AND k.id = c.contactId
  AND k.name LIKE ?)`;

/** Everything that is asked for; what the driver answers already costs nothing to ask again. */
function conditionsOf({ scope, filter, sheetId, contacts }: CallQuery): Condition[] {
  const [agent, lead, kinds, duration] = [
    agentOf(filter),
    leadOf(filter),
    kindsOf(filter),
    durationOf(filter),
  ];
  const asked = [
    ...inScope(scope),
    ...(agent === null ? [] : [condition('c.agentId = ?', agent)]),
    ...(lead === null ? [] : [condition('c.leadId = ?', lead)]),
    ...(sheetId === null ? [] : [condition('c.sheetId = ?', sheetId)]),
    ...(kinds ? [isOneOf('c.kind', kinds)] : []),
    ...(duration ? [condition('c.durationMs BETWEEN ? AND ?', duration.min, duration.max)] : []),
  ];
  if (contacts?.kind !== 'patterns')
    return contacts ? [...asked, isOneOf('c.contactId', contacts.ids)] : asked;
  const number = contacts.number ? [condition('c.destination LIKE ?', contacts.number)] : [];
  return [...asked, ...number, ...contacts.names.map((name) => condition(PATTERN, name))];
}

async function driverOf(db: TenantReader, query: CallQuery): Promise<Driver> {
  const { filter, contacts } = query;
  if (contacts?.kind === 'contacts') return one('call_organizationId_contactId_idx');
  if (leadOf(filter) !== null) return one('call_organizationId_leadId_idx');
  const [kinds, duration, other] = [kindsOf(filter), durationOf(filter), narrowOf(query)];
  // How rare a kind is decides against another driver alone; without one it need not be asked.
  if (kinds && (other === null || (await isRare(db, query, kinds)))) return byKind(kinds);
  if (other !== null) return other;
  return duration ? byDuration(duration.classes) : one('PRIMARY');
}

/** What drives a query before its kinds do unless they are rare; null for nothing. */
function narrowOf({ filter, scope, sheetId }: CallQuery): Driver | null {
  const duration = durationOf(filter);
  if (duration && duration.min > LONG_MS) return byDuration(duration.classes);
  if (sheetId !== null) return one('call_sheet');
  if (agentOf(filter) !== null || scope.kind === 'own') return one('call_agent');
  return scope.kind === 'team' ? byTeam(scope) : null;
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
