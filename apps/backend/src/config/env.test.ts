import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, it } from 'vitest';
import { EnvError } from './addresses';
import { readEnv } from './env';

const random = () => randomBytes(32).toString('base64');
const good = () => ({
  NODE_ENV: 'production',
  DATABASE_URL: 'mysql://outdial:x@db:3306/outdial',
  REDIS_URL: 'redis://:x@redis:6379',
  AUTH_SECRET: random(),
  ENCRYPTION_KEY: random(),
  SIP_EPHEMERAL_SECRET: random(),
  SIP_SWITCH_SECRET: random(),
});

it('takes good settings and fills in the rest', () => {
  const defaults = { PORT: 4000, WORKER_PORT: 4010, HOST: '127.0.0.1', SIP_DOMAIN: 'outdial.local' };
  expect(readEnv(good())).toMatchObject(defaults);
});

it('names every variable that is missing or wrong, and shows no value', () => {
  const start = () =>
    readEnv({ DATABASE_URL: 'postgres://secret@x', AUTH_SECRET: 'short-secret', PORT: 'many' });
  expect(start).toThrow(EnvError);
  for (const name of ['DATABASE_URL', 'REDIS_URL is missing', 'AUTH_SECRET', 'ENCRYPTION_KEY', 'PORT'])
    expect(start).toThrow(name);
  expect(start).not.toThrow('short-secret');
});

it('takes Redis with and without TLS, and nothing else for it', () => {
  expect(readEnv({ ...good(), REDIS_URL: 'rediss://cache:6380' }).REDIS_URL).toBe('rediss://cache:6380');
  expect(() => readEnv({ ...good(), REDIS_URL: 'cache:6379' })).toThrow('REDIS_URL must be like redis://');
});

it('refuses the secrets of the example', () => {
  expect(() => readEnv({ ...good(), AUTH_SECRET: 'change-me-change-me-change-me-change-me' })).toThrow(
    'AUTH_SECRET is still the example',
  );
});

it('wants the switch’s secret only for the bundled switch', () => {
  const { SIP_EPHEMERAL_SECRET: _, ...rest } = good();
  expect(() => readEnv(rest)).toThrow('SIP_EPHEMERAL_SECRET');
  expect(readEnv({ ...rest, SIP_WS_URL: 'wss://pbx.example.com/ws' }).SIP_WS_URL).toBe(
    'wss://pbx.example.com/ws',
  );
});

it('takes what the commands of docs/operations.md make of .env.example', () => {
  const root = resolve(import.meta.dirname, '../../../..');
  const folder = mkdtempSync(join(tmpdir(), 'outdial-env-'));
  try {
    copyFileSync(join(root, '.env.example'), join(folder, '.env.example'));
    const docs = readFileSync(join(root, 'docs/operations.md'), 'utf8');
    const [, commands = ''] = /```sh\n(cp \.env\.example[\s\S]*?)```/.exec(docs) ?? [];
    execFileSync('sh', ['-euc', commands], { cwd: folder });
    const made = parseEnv(readFileSync(join(folder, '.env'), 'utf8'));
    const places = { DATABASE_HOST: 'mariadb', REDIS_HOST: 'redis', NODE_ENV: 'production' };
    const env = readEnv({ ...made, ...places } as NodeJS.ProcessEnv);
    expect(env.DATABASE_URL).toMatch(/^mysql:\/\/outdial:[0-9a-f]{48}@mariadb:3306\/outdial$/);
    expect(env.REDIS_URL).toMatch(/^redis:\/\/:[0-9a-f]{48}@redis:6379$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
