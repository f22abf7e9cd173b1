import { randomBytes, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../src/index';
import { ephemeral } from './backend-proofs';
import { SipClient } from './sip-client';

const SECRET = 'integration-secret';
const DOMAIN = 'outdial.local';
const AGENT = 'demo-1001';
/** The switch gives 10 s; the rest is for a busy machine. */
const CLOSED_WITHIN_MS = 16_000;

let stack: Stack;
const cleanUps: (() => void)[] = [];

beforeAll(async () => {
  stack = await startStack({
    dir: `${tmpdir()}/outdial-idle-${randomUUID()}`,
    profile: 'test',
    parts: ['switch'],
    sipEphemeralSecret: SECRET,
    carrierAudio: { kind: 'tone', hz: 440 },
  });
}, 30_000);

// Not after each test: they run at once, and would end each other's.
afterAll(async () => {
  for (const cleanUp of cleanUps) cleanUp();
  await stack.close();
});

async function connect(options: { autoPong?: boolean } = {}): Promise<SipClient> {
  const client = await SipClient.connect(stack.sipUpstreamUrl, undefined, options);
  cleanUps.push(() => client.crash());
  return client;
}

/** How long the connection lived, in ms. */
async function lifeOf(ended: Promise<unknown>): Promise<number> {
  const before = performance.now();
  await ended;
  return performance.now() - before;
}

describe.concurrent('a connection that nobody signs in on', { timeout: CLOSED_WITHIN_MS + 5_000 }, () => {
  it('is closed, while one that is registered stays', async () => {
    const registered = await connect();
    expect(await registered.register(DOMAIN, AGENT, ephemeral(SECRET, AGENT))).toBe(200);
    const idle = await connect();
    const life = await lifeOf(idle.closed);
    expect(life).toBeGreaterThan(8_000);
    expect(life).toBeLessThan(CLOSED_WITHIN_MS);
    expect(await idle.closed).toBe(1008);
    // The older of the two, and still served.
    registered.send({ method: 'OPTIONS', uri: `sip:${DOMAIN}`, from: `sip:${AGENT}@${DOMAIN}` });
    expect((await registered.takeFinal('OPTIONS')).status).toBe(200);
  });

  it('is closed when its credentials were refused', async () => {
    const stranger = await connect();
    const closed = lifeOf(stranger.closed);
    expect(await stranger.register(DOMAIN, AGENT, ephemeral('another-secret', AGENT))).toBe(401);
    expect(await closed).toBeLessThan(CLOSED_WITHIN_MS);
  });

  it('is closed though it answers pings all the time, and does not answer the close', async () => {
    const socket = await rawWebSocket();
    // An empty pong, masked with zeros (RFC 6455, section 5.2); it may come unasked.
    const answering = setInterval(() => socket.write(Buffer.from([0x8a, 0x80, 0, 0, 0, 0])), 500);
    cleanUps.push(() => clearInterval(answering));
    expect(await lifeOf(endOf(socket))).toBeLessThan(CLOSED_WITHIN_MS);
  });

  it('is closed though it answers nothing', async () => {
    expect(await lifeOf(endOf(await rawWebSocket()))).toBeLessThan(CLOSED_WITHIN_MS);
  });
});

describe.concurrent('a registered phone', { timeout: 70_000 }, () => {
  it('stays though its browser says nothing but answers to pings', async () => {
    const phone = await connect();
    expect(await phone.register(DOMAIN, AGENT, ephemeral(SECRET, AGENT))).toBe(200);
    const closed = phone.closed.then(() => true);
    // Longer than the other one is kept.
    expect(await Promise.race([closed, delay(45_000, false)])).toBe(false);
  });

  it('is let go of, its TCP connection too, when its browser answers no pings any more', async () => {
    const phone = await connect({ autoPong: false });
    const user = 'demo-1002';
    expect(await phone.register(DOMAIN, user, ephemeral(SECRET, user))).toBe(200);
    expect(await lifeOf(phone.closed)).toBeLessThan(55_000);
  });
});

it('800 idle connections lock no phone out', { timeout: 30_000 }, async () => {
  // 750 filled the memory that the switch once had.
  for (let batch = 0; batch < 16; batch++) await Promise.all(Array.from({ length: 50 }, () => connect()));
  const phone = await connect();
  expect(await phone.register(DOMAIN, AGENT, ephemeral(SECRET, AGENT))).toBe(200);
});

const endOf = (socket: Duplex) => new Promise((resolve) => socket.once('close', resolve));

/** A WebSocket of which only the handshake is done: whatever comes is thrown away. */
function rawWebSocket(): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const asking = request({
      host: '127.0.0.1',
      port: stack.kamailio.wsPort,
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': randomBytes(16).toString('base64'),
        'sec-websocket-protocol': 'sip',
        'x-outdial-session': 'session-1',
      },
    });
    asking.once('upgrade', (_response, socket) => {
      cleanUps.push(() => socket.destroy());
      socket.on('error', () => socket.destroy());
      resolve(socket.resume());
    });
    asking.once('response', ({ statusCode }) => reject(new Error(`The handshake got ${statusCode}.`)));
    asking.once('error', reject);
    asking.end();
  });
}
