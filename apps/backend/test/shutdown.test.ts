import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Outdial, PASSWORD } from './support/outdial';

let outdial: Outdial;
let server: ChildProcess;
let port: number;
const logged: string[] = [];

/** The real process, as `npm start` runs it, on a port of its own. */
beforeAll(async () => {
  outdial = await Outdial.start();
  const { DATABASE_URL, REDIS_URL, REDIS_PREFIX } = outdial.env;
  const {
    AUTH_SECRET,
    ENCRYPTION_KEY,
    SIP_EPHEMERAL_SECRET = '',
    SIP_SWITCH_SECRET = '',
    UPLOADS_DIR,
  } = outdial.env;
  server = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], {
    cwd: resolve(import.meta.dirname, '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ...{ NODE_ENV: 'test', PORT: '0', LOG_LEVEL: 'info', DATABASE_URL, REDIS_URL, REDIS_PREFIX },
      ...{ AUTH_SECRET, ENCRYPTION_KEY, SIP_EPHEMERAL_SECRET, SIP_SWITCH_SECRET, UPLOADS_DIR },
    },
  });
  for await (const line of createInterface({ input: server.stdout as NonNullable<typeof server.stdout> })) {
    const { msg, address } = JSON.parse(line) as { msg: string; address?: { port: number } };
    if (msg !== 'listening' || !address) continue;
    port = address.port;
    break;
  }
  server.stdout?.on('data', (chunk: Buffer) => logged.push(chunk.toString()));
});
afterAll(async () => {
  server.kill('SIGKILL');
  await outdial.close();
});

it('finishes the request in flight when it is told to stop, takes no new one, and leaves with 0', async () => {
  const agent = await outdial.user(await outdial.organization(), 'agent');
  const body = JSON.stringify({ email: agent.email, password: PASSWORD });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  // A proxy keeps its connections; the server must let go of them.
  const kept = new Agent({ keepAlive: true });
  const inFlight = request({ port, path: '/api/auth/sign-in', method: 'POST', headers, agent: kept });
  // Half of it is there, so the server is at work on it.
  await new Promise((sent) => inFlight.write(body.slice(0, 10), sent));

  const exited = once(server, 'exit');
  server.kill('SIGTERM');
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
  expect(await exited).toEqual([0, null]);
  expect(logged.join('')).not.toContain('cut off');
  kept.destroy();
});

it('logs no password, cookie or token', () => {
  const all = logged.join('');
  expect(all).toContain('/api/auth/sign-in');
  expect(all).not.toContain(PASSWORD);
  expect(all).not.toMatch(/session_token|set-cookie/i);
});
