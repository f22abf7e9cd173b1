import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiProcess } from './support/api-process';
import { Outdial, PASSWORD } from './support/outdial';

let outdial: Outdial;
let server: ApiProcess;

beforeAll(async () => {
  outdial = await Outdial.start();
  server = await ApiProcess.start(outdial);
});
afterAll(async () => {
  await server.end('SIGKILL');
  await outdial.close();
});

it('tells a load balancer, while it finishes what is in flight, that nobody should send more', async () => {
  const stopping = await ApiProcess.start(outdial);
  const asking = connect(stopping.port, '127.0.0.1');
  const answered: Buffer[] = [];
  asking.on('data', (chunk: Buffer) => answered.push(chunk));
  await once(asking, 'connect');
  // The head of a request, but for its last line: the server waits for it.
  await new Promise((sent) => asking.write('GET /api/health/ready HTTP/1.1\r\nHost: x\r\n', sent));
  const exited = stopping.end('SIGTERM');
  await expect.poll(() => stopping.logged).toContain('stopping');
  asking.write('\r\n');
  await once(asking, 'close');
  const answer = Buffer.concat(answered).toString();
  expect(answer).toMatch(/^HTTP\/1\.1 503 /);
  expect(answer).toContain('unavailable');
  expect(await exited).toBe(0);
});

it('finishes the request in flight when it is told to stop, takes no new one, and leaves with 0', async () => {
  const agent = await outdial.user(await outdial.organization(), 'agent');
  const body = JSON.stringify({ email: agent.email, password: PASSWORD });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  // A proxy keeps its connections; the server must let go of them.
  const kept = new Agent({ keepAlive: true });
  const { port } = server;
  const inFlight = request({ port, path: '/api/auth/sign-in', method: 'POST', headers, agent: kept });
  // Half of it is there, so the server is at work on it.
  await new Promise((sent) => inFlight.write(body.slice(0, 10), sent));

  const exited = server.end('SIGTERM');
  await expect
    .poll(() =>
      fetch(`http://127.0.0.1:${port}/api/health`).then(
        () => 'answered',
        () => 'refused',
      ),
    )
    .toBe('refused');

  inFlight.end(body.slice(10));
  const [answer] = await once(inFlight, 'response');
  expect(answer.statusCode).toBe(200);
  answer.resume();
  expect(await exited).toBe(0);
  expect(server.logged).not.toContain('cut off');
  kept.destroy();
});

/** What `npm start` and docker compose give it before they kill (`run/apps.ts`, `docker-compose.yml`). */
const KEEPERS_PATIENCE_MS = 15_000;

it('cuts off what does not end in time, and still leaves by itself before its keeper kills it', {
  timeout: 60_000,
}, async () => {
  const other = await ApiProcess.start(outdial);
  const headers = { 'content-type': 'application/json', 'content-length': 100 };
  const endless = request({ port: other.port, path: '/api/auth/sign-in', method: 'POST', headers });
  const broken = once(endless, 'error');
  await new Promise((sent) => endless.write('{"email":', sent));
  const since = performance.now();
  expect(await other.end('SIGTERM')).toBe(0);
  expect(performance.now() - since).toBeLessThan(KEEPERS_PATIENCE_MS);
  expect(other.logged).toContain('cut off');
  await broken;
});

it('logs no password, cookie or token', () => {
  const all = server.logged;
  expect(all).toContain('/api/auth/sign-in');
  expect(all).not.toContain(PASSWORD);
  expect(all).not.toMatch(/session_token|set-cookie/i);
});
