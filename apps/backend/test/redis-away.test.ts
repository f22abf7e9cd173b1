import { REALTIME_PATH } from '@outdial/contracts';
import { Redis } from 'ioredis';
import { io, type Socket } from 'socket.io-client';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { importedBody, MAPPING, TEN_LEADS } from './support/fixtures';
import { Outdial, PASSWORD, type TestUser } from './support/outdial';
import { TcpGate } from './support/tcp-gate';

let gate: TcpGate;
let outdial: Outdial;
let agent: TestUser;
beforeAll(async () => {
  const url = new URL(inject('redisUrl'));
  gate = await TcpGate.open(Number(url.port));
  url.port = String(gate.port);
  outdial = await Outdial.start({ REDIS_URL: url.href });
  agent = await outdial.user(await outdial.organization(), 'agent');
});
afterAll(async () => {
  await outdial.close();
  await gate.shut();
});
afterEach(() => reached());

const isReady = () => outdial.core.redis.status === 'ready' && outdial.core.bus.isConnected;
const reached = () => expect.poll(isReady, { timeout: 10_000 }).toBe(true);

async function away<T>(work: () => Promise<T>): Promise<T> {
  await gate.shut();
  await expect.poll(isReady).toBe(false);
  try {
    return await work();
  } finally {
    await gate.restore();
  }
}

async function uploaded(): Promise<string> {
  const id = uuidv7();
  const file = Buffer.from(TEN_LEADS);
  await agent.api.post('/api/upload').field('id', id).attach('file', file, 'leads.csv').expect(201);
  return id;
}

const dial = async () => {
  const id = uuidv7();
  await agent.api.post('/api/calls').send({ id, destination: '+12025550100' }).expect(201);
  return id;
};

/** A page of the agent's: what it is told. */
async function page(): Promise<{ socket: Socket; heard: string[] }> {
  const credentials = { email: agent.email, password: PASSWORD };
  const { headers } = await outdial.visitor().post('/api/auth/sign-in').send(credentials).expect(200);
  const cookie = [headers['set-cookie']]
    .flat()
    .map((value) => value?.split(';')[0])
    .join('; ');
  const socket = io(outdial.url, {
    path: REALTIME_PATH,
    extraHeaders: { cookie },
    transports: ['websocket'],
  });
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  const heard: string[] = [];
  socket.on('facts', ({ facts }: { facts: { name: string; payload: { callId?: string } }[] }) => {
    for (const { payload } of facts) if (payload.callId) heard.push(payload.callId);
  });
  await socket.emitWithAck('since', null);
  return { socket, heard };
}

it('answers as before while Redis is away, and tells pages all the same', { timeout: 60_000 }, async () => {
  const { socket, heard } = await page();
  const made = await away(async () => {
    const calls = [await dial(), await dial(), await dial()];
    await agent.api.get('/api/calls').expect(200);
    // The relay numbers them in the database, and the API reads there what it does not hear.
    await expect.poll(() => heard, { timeout: 15_000 }).toEqual(calls);
    return calls;
  });
  await reached();
  const last = await dial();
  await expect.poll(() => heard, { timeout: 15_000 }).toEqual([...made, last]);
  socket.disconnect();
});

it('keeps a job that was asked for meanwhile, and does it when Redis is back', {
  timeout: 60_000,
}, async () => {
  const id = await away(async () => {
    const sheet = await uploaded();
    await agent.api.post(`/api/sheets/${sheet}/import`).send({ mapping: MAPPING }).expect(202);
    expect((await agent.api.get(`/api/sheets/${sheet}`)).body.import.state).toBe('queued');
    return sheet;
  });
  const done = async () => (await agent.api.get(`/api/sheets/${id}`)).body.counts?.taken;
  await expect.poll(done, { timeout: 20_000 }).toBe(10);
});

it('does a job again that a wiped Redis has forgotten', { timeout: 60_000 }, async () => {
  const redis = new Redis(inject('redisUrl'));
  const { organizationId } = agent;
  // As the relay has left it that queued it, before Redis lost everything.
  const { id } = await outdial.db.jobRequest.create({
    data: {
      organizationId,
      kind: 'file.remove',
      key: uuidv7(),
      payload: { key: 'recordings/none' },
      queuedAt: outdial.clock.now(),
    },
  });
  const keys = await redis.keys(`${outdial.env.REDIS_PREFIX}:*`);
  if (keys.length > 0) await redis.del(...keys);
  redis.disconnect();
  outdial.clock.advance(61_000);
  const done = () => outdial.db.jobRequest.findUniqueOrThrow({ where: { id } });
  await expect.poll(done, { timeout: 20_000 }).toMatchObject({ doneAt: expect.any(Date), failure: null });
  // And new ones are done as ever.
  expect((await importedBody(agent, await uploaded())).counts.taken).toBe(10);
});

it('falls back to limits of its own: nobody guesses freely, nobody who knows is kept out', {
  timeout: 60_000,
}, async () => {
  const victim = await outdial.user(agent.organizationId, 'agent');
  const signIn = (password: string) =>
    outdial.visitor().post('/api/auth/sign-in').send({ email: victim.email, password });
  await away(async () => {
    await signIn(PASSWORD).expect(200);
    // What was counted in Redis before is not known here: a try more or less.
    const statuses: number[] = [];
    for (let n = 0; n < 14; n++) statuses.push((await signIn(`guess ${n}`)).status);
    expect(statuses.slice(0, 9)).toEqual(Array.from({ length: 9 }, () => 401));
    expect(statuses.slice(-2)).toEqual([429, 429]);
    await signIn(PASSWORD).expect(429);
    await agent.api.get('/api/me').expect(200);
  });
});
