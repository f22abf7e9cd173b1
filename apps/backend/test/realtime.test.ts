import { envelopeSchema, type Fact, type Replay } from '@outdial/contracts';
import type { Socket } from 'socket.io-client';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { cookieOf, openSocket } from './support/live-page';
import { Outdial, type TestUser } from './support/outdial';

let outdial: Outdial;
let agent: TestUser;
let manager: TestUser;
let stranger: TestUser;
const sockets: Socket[] = [];

beforeAll(async () => {
  outdial = await Outdial.start();
  const organization = await outdial.organization();
  agent = await outdial.user(organization, 'agent');
  manager = await outdial.user(organization, 'manager');
  stranger = await outdial.user(await outdial.organization(), 'manager');
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});
afterAll(() => outdial.close());

function open(headers: Record<string, string>): Socket {
  const socket = openSocket(outdial.url, headers, { reconnection: false });
  sockets.push(socket);
  return socket;
}

const connected = (socket: Socket) =>
  new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));

const since = (socket: Socket, seq: number | null): Promise<Replay> =>
  socket.timeout(5_000).emitWithAck('since', seq);

/** A page that hears: connected, and told where the stream stands. */
async function page(user: TestUser): Promise<{ socket: Socket; facts: Fact[]; seq: number }> {
  const socket = open({ cookie: await cookieOf(outdial, user) });
  await connected(socket);
  const facts: Fact[] = [];
  socket.on('facts', (envelope: unknown) => facts.push(...envelopeSchema.parse(envelope).facts));
  const { seq } = await since(socket, null);
  return { socket, facts, seq };
}

async function dial(user: TestUser): Promise<string> {
  const id = uuidv7();
  await user.api.post('/api/calls').send({ id, destination: '+12025550100' }).expect(201);
  return id;
}

const calls = (facts: readonly Fact[]) =>
  facts.flatMap((fact) => (fact.name === 'call.changed' ? [fact.payload.callId] : []));

it('tells the agent and the managers of the organization that a call changed, and nobody else', async () => {
  const colleague = await outdial.user(agent.organizationId, 'agent');
  const [own, floor, other, elsewhere] = await Promise.all([agent, manager, colleague, stranger].map(page));
  const callId = await dial(agent);
  await expect.poll(() => calls(own?.facts ?? [])).toEqual([callId]);
  await expect.poll(() => calls(floor?.facts ?? [])).toEqual([callId]);
  // Their own facts come after anything that was sent before them.
  const others = [await dial(colleague), await dial(await outdial.user(stranger.organizationId, 'agent'))];
  await expect.poll(() => calls(other?.facts ?? [])).toEqual([others[0]]);
  await expect.poll(() => calls(elsewhere?.facts ?? [])).toEqual([others[1]]);
});

it('numbers the facts of an organization without gaps, and tells what was missed', async () => {
  const first = await page(manager);
  const made: string[] = [];
  for (let n = 0; n < 5; n++) made.push(await dial(agent));
  await expect.poll(() => calls(first.facts)).toEqual(made);
  first.socket.disconnect();
  const missed = await Promise.all(Array.from({ length: 20 }, () => dial(agent)));
  await expect
    .poll(() => outdial.db.outbox.count({ where: { organizationId: agent.organizationId, seq: null } }))
    .toBe(0);
  const again = open({ cookie: await cookieOf(outdial, manager) });
  await connected(again);
  const replay = await since(again, first.facts.at(-1)?.seq ?? 0);
  expect(replay.kind).toBe('facts');
  const facts = replay.kind === 'facts' ? replay.facts : [];
  expect(new Set(calls(facts))).toEqual(new Set(missed));
  const rows = await outdial.db.outbox.findMany({
    where: { organizationId: agent.organizationId },
    orderBy: { seq: 'asc' },
  });
  expect(rows.map(({ seq }) => Number(seq))).toEqual(rows.map((_, index) => index + 1));
});

it('has a page ask for everything anew that was away for too long', async () => {
  const { socket } = await page(manager);
  await outdial.db.outbox.deleteMany({ where: { organizationId: agent.organizationId, seq: { lte: 3 } } });
  expect(await since(socket, 1)).toMatchObject({ kind: 'reset' });
  expect(await since(socket, 1_000_000)).toMatchObject({ kind: 'reset' });
});

it('reads from the database what it did not hear', async () => {
  const heard = await page(manager);
  const callId = uuidv7();
  // As a relay does whose message is lost: the fact is numbered, and nobody is told.
  const organizationId = agent.organizationId;
  const { seq } = await outdial.db.eventStream.update({
    where: { organizationId },
    data: { seq: { increment: 1 } },
  });
  await outdial.db.outbox.create({
    data: { organizationId, seq, name: 'call.changed', userId: agent.id, payload: { callId } },
  });
  await expect.poll(() => calls(heard.facts), { timeout: 10_000 }).toEqual([callId]);
});

it('has no page ask for everything anew that comes from a process which has heard more', async () => {
  const { socket } = await page(manager);
  const { organizationId } = agent;
  const { seq } = await outdial.db.eventStream.update({
    where: { organizationId },
    data: { seq: { increment: 1 } },
  });
  await outdial.db.outbox.create({
    data: { organizationId, seq, name: 'call.changed', userId: agent.id, payload: { callId: uuidv7() } },
  });
  expect(await since(socket, Number(seq))).toEqual({ kind: 'facts', seq: Number(seq), facts: [] });
});

it('takes from a page within seconds what its person may no longer see', async () => {
  const organizationId = await outdial.organization();
  const [caller, watcher] = [
    await outdial.user(organizationId, 'agent'),
    await outdial.user(organizationId, 'manager'),
  ];
  const before = await page(watcher);
  const seen = await dial(caller);
  await expect.poll(() => calls(before.facts)).toEqual([seen]);
  const cut = new Promise((resolve) => before.socket.once('disconnect', resolve));
  await outdial.db.rolePermission.deleteMany({
    where: { organizationId, roleKey: 'manager', permissionKey: 'call:read-organization' },
  });
  outdial.core.bus.publish({ kind: 'access-changed', organizationId });
  await cut;
  const after = await page(watcher);
  const replay = await since(after.socket, 0);
  expect(replay.kind === 'facts' && replay.facts).toEqual([]);
  await dial(caller);
  await expect.poll(() => outdial.db.outbox.count({ where: { organizationId, seq: null } })).toBe(0);
  expect(calls(after.facts)).toEqual([]);
});

it('tells who looks after a team its calls, and no other team’s', async () => {
  const organizationId = await outdial.organization();
  const { id: teamId } = await outdial.db.team.create({ data: { organizationId, name: 'Mine' } });
  const [mine, other] = [
    await outdial.user(organizationId, 'agent'),
    await outdial.user(organizationId, 'agent'),
  ];
  await outdial.db.agentProfile.updateMany({ where: { userId: mine.id }, data: { teamId } });
  await outdial.db.rolePermission.deleteMany({
    where: { organizationId, roleKey: 'manager', permissionKey: 'call:read-organization' },
  });
  outdial.core.bus.publish({ kind: 'access-changed', organizationId });
  const lead = await outdial.user(organizationId, 'manager');
  await outdial.db.teamManager.create({ data: { organizationId, teamId, userId: lead.id } });
  outdial.core.bus.publish({ kind: 'access-changed', organizationId });
  const { facts } = await page(lead);
  const theirs = await dial(other);
  const ours = await dial(mine);
  await expect.poll(() => calls(facts)).toEqual([ours]);
  const { body } = await lead.api.get('/api/calls').expect(200);
  expect(body.items.map(({ id }: { id: string }) => id)).toEqual([ours]);
  await lead.api.get(`/api/calls/${theirs}`).expect(404);
});

it('refuses pages without a session, and pages of other sites', async () => {
  await expect(connected(open({}))).rejects.toThrow('unauthenticated');
  await expect(
    connected(open({ cookie: await cookieOf(outdial, agent), origin: 'https://evil.example' })),
  ).rejects.toThrow();
});

it('cuts the connection of a session that is revoked', async () => {
  const cookie = await cookieOf(outdial, agent);
  const socket = open({ cookie });
  await connected(socket);
  const event = new Promise((resolve) => socket.once('session-ended', () => resolve('told')));
  const gone = new Promise((resolve) => socket.once('disconnect', resolve));
  const { body } = await outdial.visitor().get('/api/auth/sessions').set('cookie', cookie);
  const current = body.items.find((session: { current: boolean }) => session.current);
  await agent.api.delete(`/api/auth/sessions/${current.id}`).expect(200);
  expect(await event).toBe('told');
  await gone;
});

it('cuts all connections of a session that is signed out, and none of another one', async () => {
  const [cookie, another] = [await cookieOf(outdial, agent), await cookieOf(outdial, agent)];
  const [tab, secondTab, elsewhere] = [open({ cookie }), open({ cookie }), open({ cookie: another })];
  await Promise.all([tab, secondTab, elsewhere].map(connected));
  const gone = [tab, secondTab].map((socket) => new Promise((resolve) => socket.once('disconnect', resolve)));
  await outdial.visitor().post('/api/auth/sign-out').set('cookie', cookie).expect(200);
  await Promise.all(gone);
  expect(elsewhere.connected).toBe(true);
  await outdial.visitor().get('/api/me').set('cookie', cookie).expect(401);
});
