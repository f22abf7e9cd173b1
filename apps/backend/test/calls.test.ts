import { afterAll, beforeAll, expect, it } from 'vitest';
import { contactOf } from '../src/services/calls/contacts';
import { callRow } from './support/calls';
import { Outdial, type TestUser } from './support/outdial';

let outdial: Outdial;
let agent: TestUser;
let manager: TestUser;
const BASE = Date.parse('2026-11-02T10:00:00.000Z');

const numberOf = (n: number) => `+120255501${String(n).padStart(2, '0')}`;
const NAMES = ['Zoë Okoye', 'Jürgen Schäfer', '王小明'];

const contact = (organizationId: number, n: number) =>
  outdial.core.units.run({ kind: 'system', name: 'test', organizationId }, (unit) =>
    contactOf(unit, numberOf(n), NAMES[n] ?? `Contact ${n}`),
  );

beforeAll(async () => {
  outdial = await Outdial.start();
  const organization = await outdial.organization();
  agent = await outdial.user(organization, 'agent');
  manager = await outdial.user(organization, 'manager');
  const colleague = await outdial.user(organization, 'agent');
  // Three calls in every minute share one instant, so that a page may end between equals.
  const contacts = await Promise.all(Array.from({ length: 100 }, (_, n) => contact(organization, n)));
  const rows = Array.from({ length: 150 }, (_, n) => {
    const startedAt = new Date(BASE + Math.floor(n / 3) * 60_000);
    return callRow({
      organizationId: organization,
      agentId: (n % 2 === 0 ? agent : colleague).agentRow as number,
      destination: numberOf(n % 100),
      contactId: contacts[n % 100] as number,
      status: n % 5 === 0 ? 'busy' : 'answered',
      startedAt,
      endedAt: startedAt,
      durationMs: n * 1_000,
      talkMs: n % 5 === 0 ? null : 1_000,
    });
  });
  await outdial.db.call.createMany({ data: rows });
});
afterAll(() => outdial.close());

/** 150 calls go round 100 numbers. */
const TWICE = ['+12025550142', '+12025550142'];

interface Listed {
  id: string;
  startedAt: string;
  status: string;
  destination: string;
  agent: { id: string };
}

async function all(user: TestUser, query: Record<string, string | number>): Promise<Listed[]> {
  const items: Listed[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await user.api
      .get('/api/calls')
      .query({ ...query, ...(cursor && { cursor }) })
      .expect(200);
    items.push(...body.items);
    cursor = body.nextCursor ?? undefined;
  } while (cursor);
  return items;
}

it('pages through all calls newest first, each once, also between equal times', async () => {
  const calls = await all(manager, { limit: 7 });
  expect(calls).toHaveLength(150);
  expect(new Set(calls.map((call) => call.id)).size).toBe(150);
  expect(calls.map((call) => call.startedAt)).toEqual(
    calls
      .map((call) => call.startedAt)
      .sort()
      .reverse(),
  );
});

it('gives 20 by default and 100 at most', async () => {
  const { body } = await manager.api.get('/api/calls').expect(200);
  expect(body.items).toHaveLength(20);
  await manager.api.get('/api/calls?limit=101').expect(400);
});

it('shows agents their own calls whatever they ask for, managers the organization’s', async () => {
  expect(new Set((await all(agent, { limit: 100 })).map((call) => call.agent.id))).toEqual(
    new Set([agent.agentId]),
  );
  const others = await manager.api.get('/api/calls/agents').expect(200);
  const colleague = others.body.items.find((item: { id: string }) => item.id !== agent.agentId);
  expect(await all(agent, { agentId: colleague.id })).toHaveLength(0);
  expect(await all(manager, { agentId: colleague.id, limit: 100 })).toHaveLength(75);
});

it('filters by time, status and number', async () => {
  const range = {
    from: new Date(BASE).toISOString(),
    to: new Date(BASE + 600_000).toISOString(),
    limit: 100,
  };
  expect(await all(manager, range)).toHaveLength(30);
  const busy = await all(manager, { status: 'busy', limit: 100 });
  expect(busy).toHaveLength(30);
  expect(await all(manager, { status: 'busy,answered', limit: 100 })).toHaveLength(150);
  for (const number of ['+12025550142', '(202) 555-0142', '0142'])
    expect((await all(manager, { number })).map((call) => call.destination)).toEqual(TWICE);
  expect(await all(manager, { number: '55501', limit: 100 })).toHaveLength(150);
  expect(await all(manager, { number: '+1202555014', limit: 100 })).toHaveLength(20);
  expect(await all(manager, { number: '0142', status: 'busy' })).toHaveLength(0);
  await manager.api.get('/api/calls').query({ number: "' OR 1=1 --" }).expect(400);
  await manager.api.get('/api/calls').query({ status: 'asleep' }).expect(400);
  await manager.api.get('/api/calls').query({ cursor: 'bm9uc2Vuc2U' }).expect(400);
});

it('finds by words of a name, in any script', async () => {
  const destinations = async (name: string) => [
    ...new Set((await all(manager, { name })).map((call) => call.destination)),
  ];
  expect(await destinations('schäf')).toEqual([numberOf(1)]);
  expect(await destinations('Okoye zoë')).toEqual([numberOf(0)]);
  expect(await destinations('王')).toEqual([numberOf(2)]);
  expect(await destinations('Zoë Schäfer')).toEqual([]);
  expect(await destinations("' OR 1=1 --")).toEqual([]);
  expect(await all(manager, { name: 'contact', number: '0142' })).toHaveLength(2);
});

it('filters by direction, recording and duration', async () => {
  expect(await all(manager, { direction: 'inbound' })).toHaveLength(0);
  expect(await all(manager, { recorded: '1' })).toHaveLength(0);
  expect(await all(manager, { recorded: '0', direction: 'outbound', limit: 100 })).toHaveLength(150);
  expect(await all(manager, { minDurationMs: 60_000, maxDurationMs: 69_999, limit: 100 })).toHaveLength(10);
  expect(await all(manager, { maxDurationMs: 1_999 })).toHaveLength(2);
});

it('sums up a range', async () => {
  const range = { from: new Date(BASE).toISOString(), to: new Date(BASE + 86_400_000).toISOString() };
  const { body } = await manager.api.get('/api/calls/summary').query(range).expect(200);
  expect(body).toEqual({ total: 150, byStatus: { answered: 120, busy: 30 }, talkMs: 120_000 });
  const long = { ...range, to: new Date(BASE + 40 * 86_400_000).toISOString() };
  await manager.api.get('/api/calls/summary').query(long).expect(400);
});

it('sums up the calls of nobody else: neither another organization’s, nor a colleague’s for an agent', async () => {
  const away = await outdial.organization();
  const stranger = await outdial.user(away, 'agent');
  const startedAt = new Date(BASE);
  const call = { startedAt, endedAt: startedAt, durationMs: 1_000, talkMs: 1_000 };
  const agentId = stranger.agentRow as number;
  await outdial.db.call.createMany({ data: [callRow({ ...call, organizationId: away, agentId })] });
  const range = { from: startedAt.toISOString(), to: new Date(BASE + 86_400_000).toISOString() };
  const sum = async (user: TestUser, query = {}) =>
    (
      await user.api
        .get('/api/calls/summary')
        .query({ ...range, ...query })
        .expect(200)
    ).body.total;
  expect(await sum(manager)).toBe(150);
  expect(await sum(manager, { agentId: stranger.agentId })).toBe(0);
  expect(await sum(manager, { agentId: agent.agentId })).toBe(75);
  expect(await sum(agent)).toBe(75);
  expect(await sum(stranger)).toBe(1);
});
