import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startStack } from '@outdial/stack';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
    redisUrl: string;
  }
}

export const MIGRATIONS = resolve(import.meta.dirname, '../../../../prisma/migrations');

/** Processes that tests start and kill are the built ones, which are there twice as soon. */
const build = () =>
  promisify(execFile)(process.execPath, ['scripts/build.mjs'], {
    cwd: resolve(import.meta.dirname, '../..'),
  });

/** One private MariaDB and Redis for all integration tests; each test file makes a database of its own in it. */
export default async function startEngines(project: TestProject) {
  const dir = await mkdtemp(join(tmpdir(), 'outdial-test-'));
  await build();
  const stack = await startStack({
    dir,
    profile: 'test',
    parts: ['database', 'redis'],
    sipEphemeralSecret: 'unused',
  });
  project.provide('databaseUrl', stack.databaseUrl);
  project.provide('redisUrl', stack.redisUrl);
  return () => stack.close();
}
