import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { addressBehind } from '@outdial/http';
import { afterEach, expect, it } from 'vitest';
import { readWebEnv } from './env';
import { Rotation } from './rotation';
import { SIP_LIMITS, SipDoor, type SipLimits } from './sip-door';

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

function listen(server: Server): Promise<number> {
  cleanUps.push(() => server.close());
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Knows the person whose name is the cookie; `forged` is nobody's. */
const people: RequestListener = ({ headers }, response) => {
  const userId = headers.cookie?.replace('session=', '');
  response.statusCode = userId === 'forged' ? 401 : 200;
  response.end(JSON.stringify({ user: { id: userId }, session: { id: `${userId}-session` } }));
};

/** A door before a switch that takes everyone; the first of its APIs is away. */
async function doorTo(api: RequestListener | null, limits: Partial<SipLimits> = {}) {
  const nobody = 'http://127.0.0.1:9';
  const addresses = api ? [nobody, `http://127.0.0.1:${await listen(createServer(api))}`] : [nobody];
  const door = new SipDoor({
    apis: new Rotation(addresses),
    addressOf: addressBehind(readWebEnv({ TRUST_PROXY: 'loopback' }).TRUST_PROXY),
    limits: { ...SIP_LIMITS, ...limits },
  });
  const sessions: unknown[] = [];
  const server = createServer();
  server.on('upgrade', async (request, duplex) => {
    const socket = duplex as Socket;
    socket.on('error', () => socket.destroy());
    cleanUps.push(() => socket.destroy());
    if (!(await door.admits(request, socket))) return;
    sessions.push(request.headers['x-outdial-session']);
    socket.resume().once('end', () => socket.destroy());
    socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n');
  });
  const port = await listen(server);
  const knock = (session?: string, address?: string) =>
    upgrade(port, [
      ...(session ? [`Cookie: session=${session}`] : []),
      ...(address ? [`X-Forwarded-For: ${address}`] : []),
      'X-Outdial-Session: made-up',
    ]);
  const connections = () =>
    new Promise((resolve) => server.getConnections((error, count) => resolve(error ?? count)));
  return { door, knock, connections, sessions };
}

/** Status of an upgrade, and its socket. */
function upgrade(port: number, lines: readonly string[]): Promise<{ status: number; socket: Socket }> {
  return new Promise((resolve, reject) => {
    // It stays open when the other side ends, as that of one who means ill.
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    cleanUps.push(() => socket.destroy());
    socket.once('error', reject);
    socket.once('data', (data) => resolve({ status: Number(String(data).split(' ')[1]), socket }));
    socket.once('end', () => reject(new Error('Closed without an answer.')));
    const head = ['GET /sip HTTP/1.1', 'Host: x', 'Connection: Upgrade', 'Upgrade: websocket', ...lines];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
  });
}

it('opens for a live session only, and closes on everybody else', async () => {
  const { knock, connections } = await doorTo(people);
  expect((await knock('ann')).status).toBe(101);
  for (const session of [undefined, 'forged']) expect((await knock(session)).status).toBe(401);
  await expect.poll(connections).toBe(1);
});

it('tells the switch whose session it is, whatever the visitor says', async () => {
  const { knock, sessions } = await doorTo(people);
  await knock('ann');
  expect(sessions).toEqual(['ann-session']);
});

it('tells a phone to come again when the API is away, mute or broken', async () => {
  expect((await (await doorTo(null)).knock('ann')).status).toBe(503);
  expect((await (await doorTo(() => undefined, { askMs: 50 })).knock('ann')).status).toBe(503);
  const broken: RequestListener = (_, response) => response.writeHead(500).end('{}');
  expect((await (await doorTo(broken)).knock('ann')).status).toBe(503);
  const strange: RequestListener = (_, response) => response.end('{"who":"knows"}');
  expect((await (await doorTo(strange)).knock('ann')).status).toBe(503);
});

it('lets a person have so many connections, and a new one when one of them has ended', async () => {
  const { knock } = await doorTo(people, { perPerson: 2 });
  const first = await knock('ann');
  expect([first.status, (await knock('ann')).status]).toEqual([101, 101]);
  expect((await knock('ann')).status).toBe(429);
  expect((await knock('bob')).status).toBe(101);
  first.socket.destroy();
  await expect.poll(async () => (await knock('ann')).status).toBe(101);
});

it('lets an address have so many connections, refused ones not counted', async () => {
  const { knock, connections } = await doorTo(people, { perAddress: 2 });
  for (let tries = 0; tries < 5; tries++) {
    expect((await knock('forged', '192.0.2.1')).status).toBe(401);
    await expect.poll(connections).toBe(0);
  }
  expect((await knock('ann', '192.0.2.1')).status).toBe(101);
  expect((await knock('bob', '192.0.2.1')).status).toBe(101);
  expect((await knock('cleo', '192.0.2.1')).status).toBe(429);
  expect((await knock('cleo', '192.0.2.2')).status).toBe(101);
});

it('keeps only so many waiting for the API, and lets go of them at the end', async () => {
  const asked: unknown[] = [];
  const { door, knock } = await doorTo((request) => asked.push(request), { waiting: 2 });
  const waiting = Promise.allSettled([knock('ann'), knock('bob')]);
  await expect.poll(() => asked.length).toBe(2);
  expect((await knock('cleo')).status).toBe(429);
  door.close();
  expect(await waiting).toEqual([
    expect.objectContaining({ status: 'rejected' }),
    expect.objectContaining({ status: 'rejected' }),
  ]);
});
