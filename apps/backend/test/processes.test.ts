import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { uuidBytes } from '../src/db/public-ids';
import { ApiProcess } from './support/api-process';
import { LivePage } from './support/live-page';
import { Outdial, type TestUser } from './support/outdial';
import { TcpGate } from './support/tcp-gate';

/** Its own API commits facts all the time; the pages live at two others, behind a port that leads to both in turn. */
let outdial: Outdial;
let apis: [ApiProcess, ApiProcess];
let gate: TcpGate;
let agent: TestUser;
let manager: TestUser;
let colleague: TestUser;
let desk: LivePage;
let floor: LivePage;
/** Those who may see nothing of it: a colleague without rights, and the manager of another organization. */
let blind: LivePage[];

beforeAll(async () => {
  outdial = await Outdial.start();
  apis = await Promise.all([ApiProcess.start(outdial), ApiProcess.start(outdial)]);
  gate = await TcpGate.open(...ports());
  const organizationId = await outdial.organization();
  agent = await outdial.user(organizationId, 'agent');
  manager = await outdial.user(organizationId, 'manager');
  colleague = await outdial.user(organizationId, 'agent');
  const stranger = await outdial.user(await outdial.organization(), 'manager');
  [desk, floor] = [await page(agent), await page(manager)];
  blind = [await page(colleague), await page(stranger)];
  desk.state('ready');
});
afterAll(async () => {
  for (const each of [desk, floor, ...blind]) each.close();
  await gate.shut();
  await Promise.all(apis.map((api) => api.end('SIGKILL')));
  await outdial.close();
});

const ports = () => apis.map(({ port }) => port);
const page = (user: TestUser) => LivePage.open(outdial, user, `http://127.0.0.1:${gate.port}`);

async function dial(): Promise<string> {
  const id = uuidv7();
  await agent.api.post('/api/calls').send({ id, destination: '+12025550100' }).expect(201);
  return id;
}

/** Commits facts for as long as `fault` takes, and until everybody is connected again. */
async function duringFacts(fault: () => Promise<void>): Promise<void> {
  let isOver = false;
  const commit = async () => {
    while (!isOver) {
      await dial();
      // A page that misses a thousand asks for everything anew.
      await sleep(30);
    }
  };
  const committing = commit();
  await fault();
  for (const each of [desk, floor, ...blind])
    await expect.poll(() => each.socket.connected, { timeout: 10_000 }).toBe(true);
  isOver = true;
  await committing;
}

async function expectToldEverythingOnce(): Promise<void> {
  const { organizationId } = agent;
  // One more, by which everybody who missed the last one notices.
  await dial();
  const unnumbered = () => outdial.db.outbox.count({ where: { organizationId, seq: null } });
  await expect.poll(unnumbered).toBe(0);
  const rows = await outdial.db.outbox.findMany({ where: { organizationId }, orderBy: { seq: 'asc' } });
  const numbers = rows.map(({ seq }) => Number(seq));
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  for (const each of [desk, floor]) {
    await expect.poll(() => each.facts.length, { timeout: 10_000 }).toBe(numbers.length);
    expect(each.facts.map(({ seq }) => seq)).toEqual(numbers);
    expect(each.refetches).toBe(0);
  }
  expect(blind.map(({ facts }) => facts)).toEqual([[], []]);
}

const connections = () => [desk, floor, ...blind].map((each) => each.connections);

it('tells every fact once over a cut of two seconds', async () => {
  const before = connections();
  await duringFacts(async () => {
    await gate.shut();
    await sleep(2_000);
    await gate.restore();
  });
  expect(connections()).toEqual(before.map((count) => count + 1));
  await expectToldEverythingOnce();
});

it('tells every fact once when both are killed, and knows then who is there', {
  timeout: 60_000,
}, async () => {
  const gone = await outdial.user(agent.organizationId, 'agent');
  const leaving = await page(gone);
  await expect.poll(() => floor.people.get(gone.id)).toBe('online');
  await duringFacts(async () => {
    await Promise.all(apis.map((api) => api.end('SIGKILL')));
    // Does not come back.
    leaving.close();
    apis = await Promise.all([ApiProcess.start(outdial), ApiProcess.start(outdial)]);
    gate.targets = ports();
  });
  await expectToldEverythingOnce();
  await expect.poll(() => floor.people.get(gone.id), { timeout: 15_000 }).toBeUndefined();
  await expect.poll(() => floor.people.get(agent.id), { timeout: 5_000 }).toBe('ready');
});

it('tells every fact once while the processes are replaced one by one', { timeout: 60_000 }, async () => {
  const call = await dial();
  const seen = async () =>
    (await outdial.db.liveCall.findFirstOrThrow({ where: { call: { uuid: uuidBytes(call) } } })).seenAt;
  const before = await seen();
  await duringFacts(async () => {
    for (const turn of [0, 1] as const) {
      const old = apis[turn];
      gate.targets = ports().filter((port) => port !== old.port);
      expect(await old.end('SIGTERM')).toBe(0);
      apis[turn] = await ApiProcess.start(outdial);
      gate.targets = ports();
    }
  });
  await expectToldEverythingOnce();
  // The call went on all the while.
  expect(await desk.alive(call)).toBe('noted');
  expect((await seen()).getTime()).toBeGreaterThan(before.getTime());
});

it('misses whoever was on the one that was killed, and nobody else, and tells every fact once', {
  timeout: 60_000,
}, async () => {
  desk.state('talking');
  await expect.poll(() => floor.people.get(agent.id), { timeout: 10_000 }).toBe('talking');
  const [first, second] = apis;
  gate.targets = [first.port];
  const gone = await outdial.user(agent.organizationId, 'agent');
  const lost = await page(gone);
  await expect.poll(() => floor.people.get(gone.id)).toBe('online');
  await duringFacts(async () => {
    gate.targets = [second.port];
    await first.end('SIGKILL');
    lost.close();
  });
  await expectToldEverythingOnce();
  await expect.poll(() => floor.people.get(gone.id), { timeout: 15_000 }).toBeUndefined();
  expect(Object.fromEntries(floor.people)).toEqual({
    [agent.id]: 'talking',
    [manager.id]: 'online',
    [colleague.id]: 'online',
  });
  for (const each of blind) expect(each.everToldOf).not.toContain(agent.id);
});
