import { ROLE_PERMISSIONS } from '@outdial/contracts';
import type { Connection } from 'mariadb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, createDb, type Db } from '../src/db/client';
import { publicId, uuidBytes } from '../src/db/public-ids';
import { firstIdAt } from '../src/db/time-id';
import type { CallFilter } from '../src/services/calls/call-filter';
import { CallHistoryService } from '../src/services/calls/call-history.service';
import { LeadsService } from '../src/services/leads/leads.service';
import type { Actor } from '../src/work/actor';
import type { Scope } from '../src/work/scope';
import { openedSheet } from './support/fixtures';
import { CALLS, insertHistory, OLDEN } from './support/history';
import { Outdial, type TestUser } from './support/outdial';

const AGENTS = 10;

interface Plan {
  table: string | null;
  type: string;
  key: string | null;
  rows: number | bigint | null;
  Extra: string;
}

let outdial: Outdial;
let db: Db;
let connection: Connection;
let people: TestUser[];
let sheetId: string;
let leadId: string;
let queries: { sql: string; params: string }[] = [];

beforeAll(async () => {
  outdial = await Outdial.start();
  connection = await connect(outdial.env.DATABASE_URL);
  db = createDb(outdial.env.DATABASE_URL, 2, (sql, params) => queries.push({ sql, params }));
  const organizationId = await outdial.organization();
  people = await Promise.all(Array.from({ length: AGENTS }, () => outdial.user(organizationId, 'agent')));
  const opened = await openedSheet(people[0] as TestUser);
  sheetId = opened.sheetId;
  leadId = opened.queue.upcoming[0].id;
  const { id: sheet, campaignId } = await outdial.db.sheet.findUniqueOrThrow({
    where: { uuid: uuidBytes(sheetId) },
  });
  const team = await outdial.db.team.create({ data: { organizationId, name: 'Team' } });
  const agents = people.map(({ agentRow }) => agentRow as number);
  await insertHistory(connection, { organizationId, agents, teamId: team.id, sheetId: sheet, campaignId });
});
afterAll(async () => {
  await db.$disconnect();
  await connection.end();
  await outdial.close();
});

const actorWith = (scope: Scope): Actor => ({
  kind: 'user',
  organizationId: people[0]?.organizationId as number,
  userId: people[0]?.id as string,
  sessionId: '',
  name: '',
  role: 'manager',
  permissions: new Set(ROLE_PERMISSIONS.manager),
  agent: null,
  scope,
  mustChoosePassword: false,
});

/** Prisma tells its parameters as text; a whole number is one in the query, too. */
const asSent = (param: unknown): unknown =>
  typeof param === 'string' && /^\d{1,16}$/.test(param) ? Number(param) : param;

/** The plan of the query that finds a page's ids: of the last one, where the newest calls are looked through first. */
async function plansOf(scope: Scope, filter: CallFilter & { cursor?: string }): Promise<Plan[]> {
  queries = [];
  await new CallHistoryService(db, new LeadsService(db)).list(actorWith(scope), { ...filter, limit: 20 });
  const query = queries.findLast(({ sql }) => /SELECT (STRAIGHT_JOIN )?c\.id FROM /.test(sql));
  if (!query) throw new Error('The list asked the call table nothing.');
  return connection.query<Plan[]>(
    `EXPLAIN ${query.sql}`,
    (JSON.parse(query.params) as unknown[]).map(asSent),
  );
}

const ORGANIZATION: Scope = { kind: 'organization' };
const own = (): Scope => ({ kind: 'own', agentId: people[0]?.agentRow as number });
const team = (): Scope => ({ kind: 'team', teamIds: [1], agentId: null });
const cursor = Buffer.from(JSON.stringify([firstIdAt(new Date('2026-01-02T00:00:00Z'))])).toString(
  'base64url',
);

describe('each filter of the history has a driver that gives its order', () => {
  it.each<[string, () => Scope, () => CallFilter & { cursor?: string }, string]>([
    ['the organization’s history', () => ORGANIZATION, () => ({}), 'PRIMARY'],
    ['a page far back', () => ORGANIZATION, () => ({ cursor }), 'PRIMARY'],
    [
      'a range of days',
      () => ORGANIZATION,
      () => ({ from: '2026-01-05T00:00:00Z', to: '2026-01-06T00:00:00Z' }),
      'PRIMARY',
    ],
    ['an agent’s history', own, () => ({}), 'call_agent'],
    [
      'one agent’s calls for a manager',
      () => ORGANIZATION,
      () => ({ agentId: publicId('agent', people[0]?.agentRow as number) }),
      'call_agent',
    ],
    ['an agent’s calls of one status', own, () => ({ status: ['answered'] }), 'call_agent'],
    ['a team’s history', team, () => ({}), 'call_team'],
    ['one status', () => ORGANIZATION, () => ({ status: ['answered'] }), 'call_kind'],
    ['a rare status', () => ORGANIZATION, () => ({ status: ['failed', 'cancelled'] }), 'call_kind'],
    ['a rare status of one agent', own, () => ({ status: ['failed'] }), 'call_kind'],
    ['a direction', () => ORGANIZATION, () => ({ direction: 'inbound' }), 'call_kind'],
    ['with a recording', () => ORGANIZATION, () => ({ recorded: '1' }), 'call_kind'],
    [
      'a duration',
      () => ORGANIZATION,
      () => ({ minDurationMs: 60_000, maxDurationMs: 90_000 }),
      'call_duration',
    ],
    ['long calls of one agent', own, () => ({ minDurationMs: 17 * 60_000 }), 'call_duration'],
    ['one sheet', () => ORGANIZATION, () => ({ sheetId }), 'call_sheet'],
    [
      'a whole number',
      () => ORGANIZATION,
      () => ({ number: '+12025000037' }),
      'call_organizationId_contactId_idx',
    ],
    [
      'the start of a number',
      () => ORGANIZATION,
      () => ({ number: '+120250000' }),
      'call_organizationId_contactId_idx',
    ],
    [
      'a number’s last digits',
      () => ORGANIZATION,
      () => ({ number: '000370' }),
      'call_organizationId_contactId_idx',
    ],
    ['digits that many numbers have', () => ORGANIZATION, () => ({ number: '12025' }), 'PRIMARY'],
    [
      'a rare word of a name',
      () => ORGANIZATION,
      () => ({ name: 'contact 1234' }),
      'call_organizationId_contactId_idx',
    ],
    [
      'two words of which each is in many names',
      () => ORGANIZATION,
      () => ({ name: 'early late' }),
      'call_organizationId_contactId_idx',
    ],
    ['a name that many have', () => ORGANIZATION, () => ({ name: 'contact' }), 'PRIMARY'],
    ['a name that many have, of one agent', own, () => ({ name: 'contact' }), 'call_agent'],
    [
      'a name that many have, and a rare status',
      () => ORGANIZATION,
      () => ({ name: 'contact', status: ['failed'] }),
      'call_kind',
    ],
    [
      'a name that many have who were called long ago',
      () => ORGANIZATION,
      () => ({ name: 'olden' }),
      'call_organizationId_contactId_idx',
    ],
    [
      'two such words',
      () => ORGANIZATION,
      () => ({ name: 'times olden' }),
      'call_organizationId_contactId_idx',
    ],
    ['one lead', () => ORGANIZATION, () => ({ leadId }), 'call_organizationId_leadId_idx'],
  ])('%s', async (_what, scope, filter, key) => {
    const plans = (await plansOf(scope(), filter())).filter(({ table }) => table === 'c');
    expect(plans.length).toBeGreaterThan(0);
    for (const plan of plans) {
      expect(plan.key ?? key).toBe(key);
      // Contacts have few calls: those alone may be sorted.
      if (key !== 'call_organizationId_contactId_idx') expect(plan.Extra).not.toMatch(/filesort|temporary/);
    }
  });
});

it('reads each row of a page, and what belongs to it, by its key', async () => {
  const plans = (await plansOf(ORGANIZATION, {})).filter(({ table }) => /^[paulsrf]$/.test(table ?? ''));
  expect(plans.map(({ table, type }) => [table, type])).toEqual(
    [...'paulsrf'].map((table) => [table, 'eq_ref']),
  );
});

it('finds what it filters for by a rare status, whatever drives', async () => {
  const service = new CallHistoryService(db, new LeadsService(db));
  const { items } = await service.list(actorWith(ORGANIZATION), { status: ['failed'], limit: 100 });
  expect(items).toHaveLength(CALLS / 5_000);
  expect(items.every(({ status }) => status === 'failed')).toBe(true);
});

it.each([
  ['early late', 300],
  ['late early 2450', 3],
  ['zoe', 3],
  ['zoe late', 0],
  // Not the name the contact was made with, but one it was called under later.
  ['early', 7_500],
  ['arly', 0],
  ['olden', OLDEN],
  ['times olden', OLDEN],
  ['olden early', 0],
])('finds the calls of who is called %s', async (name, calls) => {
  const service = new CallHistoryService(db, new LeadsService(db));
  const ids = new Set<string>();
  for (let cursor: string | undefined; ; ) {
    const page = await service.list(actorWith(ORGANIZATION), { name, cursor, limit: 1_000 });
    for (const { id } of page.items) ids.add(id);
    expect(page.items.map(({ startedAt }) => startedAt)).toEqual(
      page.items
        .map(({ startedAt }) => startedAt)
        .toSorted()
        .reverse(),
    );
    if (!page.nextCursor) break;
    cursor = page.nextCursor;
  }
  expect(ids.size).toBe(calls);
});

it('goes by a rare name where a number leads to many', async () => {
  const service = new CallHistoryService(db, new LeadsService(db));
  const { items } = await service.list(actorWith(ORGANIZATION), { name: 'zoe', number: '12025', limit: 10 });
  expect(items).toHaveLength(3);
  expect(await plansOf(ORGANIZATION, { name: 'zoe', number: '12025' })).toContainEqual(
    expect.objectContaining({ table: 'c', key: 'call_organizationId_contactId_idx' }),
  );
});

it('does not count the calls of a kind that nothing else could drive', async () => {
  await plansOf(ORGANIZATION, { status: ['answered'] });
  expect(queries.filter(({ sql }) => sql.includes('COUNT(*)'))).toEqual([]);
});

it('shows who looks after a team its calls, and the own ones made outside of it, each once', async () => {
  const agentId = people[1]?.agentRow as number;
  const mine = { kind: 'team', teamIds: [1], agentId } as const;
  const page = (scope: Scope, more: CallFilter = {}) =>
    new CallHistoryService(db, new LeadsService(db)).list(actorWith(scope), { ...more, limit: 100 });
  const { items } = await page(mine);
  expect(new Set(items.map(({ id }) => id)).size).toBe(100);
  const own = publicId('agent', agentId);
  expect(items.filter(({ agent }) => agent.id === own).length).toBeGreaterThan(10);
  const newestOwn = (await page({ kind: 'own', agentId })).items.slice(0, 5).map(({ id }) => id);
  const seen = items.map(({ id }) => id);
  for (const id of newestOwn) expect(seen).toContain(id);
});
