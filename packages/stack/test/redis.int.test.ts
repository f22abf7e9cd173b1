import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { type Stack, startStack } from '../src/index';
import { freeTcpPort } from '../src/ports';
import { OWNER_VARIABLE } from '../src/stale';
import { waitUntil } from '../src/wait';
import { temporaryFolder } from './temporary-folder';

const dir = `${tmpdir()}/outdial redis ${randomUUID()}`;
let stack: Stack;

const start = () => startStack({ dir, profile: 'test', parts: ['redis'], sipEphemeralSecret: 'unused' });

beforeAll(async () => {
  stack = await start();
});

afterAll(() => stack.close());

/** What `redis-cli` prints; errors of the server, too. */
async function redisCli(url: string, command: readonly string[]): Promise<string> {
  const { hostname, port, password } = new URL(url);
  const args = ['-h', hostname, '-p', port, ...command];
  const env = { ...process.env, REDISCLI_AUTH: password };
  const { stdout } = await promisify(execFile)('redis-cli', args, { env });
  return stdout.trim();
}

const redis = (...command: readonly string[]) => redisCli(stack.redisUrl, command);

async function crash(): Promise<void> {
  const { pid } = stack.redis;
  if (pid === undefined) throw new Error('Redis is not running.');
  process.kill(pid, 'SIGKILL');
  await waitUntil(() => stack.redis.pid === undefined, { timeoutMs: 1000 });
}

const isBack = async () => (await redis('ping')) === 'PONG';

it('answers whoever has the password, and nobody else', async () => {
  expect(await redis('ping')).toBe('PONG');
  const stranger = new URL(stack.redisUrl);
  stranger.password = '';
  expect(await redisCli(stranger.href, ['keys', '*'])).toContain('NOAUTH');
});

it('shows its password to its own user only', async () => {
  const { password } = new URL(stack.redisUrl);
  expect(readFileSync(`/proc/${stack.redis.pid}/cmdline`, 'utf8')).not.toContain(password);
  expect(statSync(`${dir}/run/redis.conf`).mode & 0o777).toBe(0o600);
});

it('listens on loopback only', async () => {
  expect(await redis('config', 'get', 'bind')).toBe('bind\n127.0.0.1');
});

it('refuses a write rather than forget another when its memory is full', async () => {
  expect(await redis('config', 'get', 'maxmemory-policy')).toBe('maxmemory-policy\nnoeviction');
});

it('comes back after a kill -9 on the same port with everything that it acknowledged', async () => {
  const before = stack.redisUrl;
  for (let n = 1; n <= 20; n++) expect(await redis('incr', 'acknowledged')).toBe(String(n));
  await crash();
  expect(await waitUntil(isBack, { timeoutMs: 5000 })).toBe(true);
  expect(await redis('get', 'acknowledged')).toBe('20');
  expect(stack.redisUrl).toBe(before);
});

it('is known to a later run of the same folder, should this one be killed', () => {
  const environment = readFileSync(`/proc/${stack.redis.pid}/environ`, 'utf8');
  expect(environment.split('\0')).toContain(`${OWNER_VARIABLE}=${dir}`);
});

it('starts beside a Redis of the machine, and leaves it and its data alone', async () => {
  const machines = new URL('redis://127.0.0.1');
  machines.port = String(await freeTcpPort());
  const folder = temporaryFolder();
  const args = ['--port', machines.port, '--bind', machines.hostname, '--dir', folder, '--save', ''];
  const system = spawn('redis-check-rdb', args, { argv0: 'redis-server', stdio: 'ignore' });
  onTestFinished(() => void system.kill('SIGKILL'));
  const ask = (...command: readonly string[]) => redisCli(machines.href, command);
  await waitUntil(async () => (await ask('set', 'theirs', 'kept')) === 'OK', { timeoutMs: 5000 });

  const options = { dir: temporaryFolder(), profile: 'test', sipEphemeralSecret: 'unused' } as const;
  await (await startStack({ ...options, parts: ['redis'] })).close();

  expect(system.exitCode).toBeNull();
  expect(await ask('get', 'theirs')).toBe('kept');
});
