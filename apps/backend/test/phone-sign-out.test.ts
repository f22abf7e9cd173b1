import { randomBytes, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { type Stack, startStack } from '@outdial/stack';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Outdial, PASSWORD } from './support/outdial';

let stack: Stack;
let outdial: Outdial;
let organization: number;

beforeAll(async () => {
  const sipEphemeralSecret = randomBytes(32).toString('base64url');
  stack = await startStack({
    dir: `${tmpdir()}/outdial-sign-out-${randomUUID()}`,
    profile: 'test',
    parts: ['switch'],
    sipEphemeralSecret,
    carrierAudio: { kind: 'tone', hz: 440 },
  });
  outdial = await Outdial.start({
    SIP_EPHEMERAL_SECRET: sipEphemeralSecret,
    SIP_SWITCH_SECRET: stack.sipSwitchSecret,
    SIP_CONTROL_URL: stack.sipControlUrl,
  });
  organization = await outdial.organization();
}, 60_000);
afterAll(async () => {
  await outdial.close();
  await stack.close();
});

/** A connection to the switch as the page's server opens it. */
function connection(session: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const asking = request(stack.sipUpstreamUrl.replace('ws', 'http'), {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': randomBytes(16).toString('base64'),
        'sec-websocket-protocol': 'sip',
        'x-outdial-session': session,
      },
    });
    asking.once('upgrade', (_response, socket) => resolve(socket.on('error', () => undefined).resume()));
    asking.once('response', ({ statusCode }) => reject(new Error(`The switch answered ${statusCode}.`)));
    asking.once('error', reject);
    asking.end();
  });
}

const sessionOf = async ({ api }: Pick<Awaited<ReturnType<Outdial['user']>>, 'api'>): Promise<string> =>
  (await api.get('/api/me').expect(200)).body.session.id;

/** Seconds until the switch closes the connection; it would close one that nobody signs in on after ten. */
async function lifeOf(socket: Duplex): Promise<number> {
  const before = performance.now();
  await new Promise((resolve) => socket.once('close', resolve));
  return (performance.now() - before) / 1000;
}

it('a session that was signed out takes its phone along, and no way leads back', async () => {
  const agent = await outdial.user(organization, 'agent');
  const session = await sessionOf(agent);
  const life = lifeOf(await connection(session));
  await agent.api.post('/api/auth/sign-out').expect(200);
  expect(await life).toBeLessThan(5);
  await expect(connection(session)).rejects.toThrow('403');
});

it('a session that was revoked elsewhere takes its phone along, and leaves the other one', async () => {
  const agent = await outdial.user(organization, 'agent');
  const own = await sessionOf(agent);
  const lost = outdial.visitor();
  await lost.post('/api/auth/sign-in').send({ email: agent.email, password: PASSWORD }).expect(200);
  const session = await sessionOf({ api: lost });
  const [kept, life] = [await connection(own), lifeOf(await connection(session))];
  await agent.api.delete(`/api/auth/sessions/${session}`).expect(200);
  expect(await life).toBeLessThan(5);
  expect(kept.destroyed).toBe(false);
});

it('a switch that is stuck holds nobody up, and obeys when it is back', async () => {
  const agent = await outdial.user(organization, 'agent');
  const life = lifeOf(await connection(await sessionOf(agent)));
  const pids = (await stack.kamailio.kamcmd('core.psx')).matchAll(/PID: (\d+)/g);
  const processes = [...pids].map(([, pid]) => Number(pid));
  expect(processes.length).toBeGreaterThan(3);
  for (const pid of processes) process.kill(pid, 'SIGSTOP');
  try {
    const before = performance.now();
    await agent.api.post('/api/auth/sign-out').expect(200);
    expect(performance.now() - before).toBeLessThan(1_000);
    // Longer than one try: the job has to come again.
    await delay(2_500);
  } finally {
    for (const pid of processes) process.kill(pid, 'SIGCONT');
  }
  expect(await life).toBeLessThan(9);
});
