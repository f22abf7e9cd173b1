import { REALTIME_PATH, type ServerEvent } from '@outdial/contracts';
import { io, type Socket } from 'socket.io-client';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { Outdial, PASSWORD, type TestUser } from './support/outdial';

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

async function cookieOf(user: TestUser): Promise<string> {
  const answer = await outdial
    .visitor()
    .post('/api/auth/sign-in')
    .send({ email: user.email, password: PASSWORD });
  return (answer.headers['set-cookie'] as unknown as string[])
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

function open(headers: Record<string, string>): Socket {
  const socket = io(outdial.url, {
    path: REALTIME_PATH,
    extraHeaders: headers,
    transports: ['websocket'],
    reconnection: false,
  });
  sockets.push(socket);
  return socket;
}

const connected = (socket: Socket) =>
  new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));

const nextEvent = (socket: Socket) => new Promise<ServerEvent>((resolve) => socket.once('event', resolve));

it('tells the agent and the managers of the organization that a call changed, and nobody else', async () => {
  const [own, floor, elsewhere] = (await Promise.all(
    [agent, manager, stranger].map(async (user) => {
      const socket = open({ cookie: await cookieOf(user) });
      await connected(socket);
      return socket;
    }),
  )) as [Socket, Socket, Socket];
  const overheard: ServerEvent[] = [];
  elsewhere.on('event', (event: ServerEvent) => overheard.push(event));
  const heard = Promise.all([nextEvent(own), nextEvent(floor)]);
  const callId = uuidv7();
  await agent.api.post('/api/calls').send({ id: callId, destination: '+12025550100' }).expect(201);
  expect(await heard).toEqual([
    { name: 'call-changed', callId },
    { name: 'call-changed', callId },
  ]);
  // The stranger's own event comes after anything that was sent before it.
  const own2 = nextEvent(elsewhere);
  const agent2 = await outdial.user(stranger.organizationId, 'agent');
  await agent2.api.post('/api/calls').send({ id: uuidv7(), destination: '+12025550100' }).expect(201);
  await own2;
  expect(overheard).toHaveLength(1);
});

it('refuses pages without a session, and pages of other sites', async () => {
  await expect(connected(open({}))).rejects.toThrow('unauthenticated');
  await expect(
    connected(open({ cookie: await cookieOf(agent), origin: 'https://evil.example' })),
  ).rejects.toThrow();
});

it('cuts the connection of a session that is revoked', async () => {
  const cookie = await cookieOf(agent);
  const socket = open({ cookie });
  await connected(socket);
  const event = nextEvent(socket);
  const gone = new Promise((resolve) => socket.once('disconnect', resolve));
  const { body } = await outdial.visitor().get('/api/auth/sessions').set('cookie', cookie);
  const current = body.items.find((session: { current: boolean }) => session.current);
  await agent.api.delete(`/api/auth/sessions/${current.id}`).expect(200);
  expect(await event).toEqual({ name: 'session-ended' });
  await gone;
});
