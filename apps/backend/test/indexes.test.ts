import { PERMISSIONS, ROLE_PERMISSIONS } from '@outdial/contracts';
import type { Connection } from 'mariadb';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { systemClock } from '../src/adapters/clock';
import { connect, createDb, type Db } from '../src/db/client';
import type { CallFilter } from '../src/services/calls/call-filter';
import { reversed } from '../src/services/calls/call-rows';
import { CallsService } from '../src/services/calls/calls.service';
import type { Actor } from '../src/work/actor';
import { Outdial } from './support/outdial';

const CALLS = 30_000;
const AGENTS = 10;

interface Plan {
  table: string;
  type: string;
  key: string | null;
  rows: bigint;
  Extra: string;
}

let outdial: Outdial;
let db: Db;
let connection: Connection;
let manager: Actor;
let agent: Actor;
let queries: { sql: string; params: string }[] = [];

beforeAll(async () => {
  outdial = await Outdial.start();
  connection = await connect(inject('databaseUrl'));
  db = createDb(inject('databaseUrl'), 2, (sql, params) => queries.push({ sql, params }));
  const organizationId = await outdial.organization();
  const people = await Promise.all(
    Array.from({ length: AGENTS }, () => outdial.user(organizationId, 'agent')),
  );
  const person = { organizationId, userId: people[0]?.id ?? '', sessionId: '', name: '' };
  agent = {
    ...person,
    role: 'agent',
    permissions: new Set(ROLE_PERMISSIONS.agent),
    agentId: people[0]?.agentId ?? null,
  };
  manager = { ...person, role: 'manager', permissions: new Set(PERMISSIONS), agentId: null };
  const start = Date.parse('2026-01-01T00:00:00Z');
  const rows = Array.from({ length: CALLS }, (_, n) => {
    const destination = `+1202${String(5_550_000 + ((n * 7919) % 100_000)).padStart(7, '0')}`;
    const at = new Date(start + n * 60_000);
    const status = n % 50 === 0 ? 'failed' : n % 3 === 0 ? 'answered' : 'no-answer';
    const agentId = people[n % AGENTS]?.agentId;
    return [
      uuidv7(),
      organizationId,
      agentId,
      'outbound',
      destination,
      reversed(destination),
      status,
      at,
      at,
    ];
  });
  await connection.batch(
    `INSERT INTO \`call\` (id, organizationId, agentId, direction, destination, destinationReversed, status, startedAt, seenAt)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    rows,
  );
  await connection.query('ANALYZE TABLE `call`');
});
afterAll(async () => {
  await db.$disconnect();
  await connection.end();
  await outdial.close();
});

/** Prisma tells its parameters as text; a limit and a time are none in the query. */
function asSent(param: string): string | number | Date {
  if (/^\d{1,3}$/.test(param)) return Number(param);
  return /^\d{4}-\d\d-\d\dT/.test(param) ? new Date(param) : param;
}

/** The plan of the one query that a list asks the `call` table. */
async function planOf(actor: Actor, filter: CallFilter & { cursor?: string }): Promise<Plan> {
  queries = [];
  const events = { publish: () => {} };
  await new CallsService(db, systemClock, events).list(actor, { ...filter, limit: 20 });
  const query = queries.find(({ sql }) => / FROM `call` /.test(sql));
  if (!query) throw new Error('The list asked the call table nothing.');
  const plan = await connection.query<Plan[]>(
    `EXPLAIN ${query.sql}`,
    (JSON.parse(query.params) as string[]).map(asSent),
  );
  return plan.find(({ table }) => /call/.test(table)) as Plan;
}

const lastPageStart = Buffer.from(JSON.stringify(['2026-01-02T00:00:00.000Z', uuidv7()])).toString(
  'base64url',
);

describe('each list screen has an index that gives its order', () => {
  it.each([
    ['the organization’s history', () => manager, {}],
    ['its last page', () => manager, { cursor: lastPageStart }],
    ['an agent’s history', () => agent, {}],
    ['one agent’s calls for a manager', () => manager, { agentId: 'AGENT' }],
    ['a range of days', () => manager, { from: '2026-01-05T00:00:00Z', to: '2026-01-06T00:00:00Z' }],
    ['one status', () => manager, { status: ['failed' as const] }],
    ['one number', () => manager, { number: '+12025550123' }],
    ['one sheet', () => manager, { sheetId: uuidv7() }],
  ])('%s', async (_what, actor, filter) => {
    const agentId = 'agentId' in filter ? { agentId: agent.agentId as string } : {};
    const plan = await planOf(actor(), { ...filter, ...agentId });
    expect(plan.key).toMatch(/^call_organizationId_/);
    expect(plan.Extra).not.toMatch(/filesort|temporary/);
  });

  it('a number’s last digits, by a few rows', async () => {
    const plan = await planOf(manager, { number: '50123' });
    expect(plan.key).toBe('call_organizationId_destinationReversed_startedAt_idx');
    expect(Number(plan.rows)).toBeLessThan(CALLS / 100);
  });
});
