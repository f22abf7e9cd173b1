import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startStack } from '@outdial/stack';
import type { TestProject } from 'vitest/node';
import { connect } from '../../src/db/client';
import { applyMigrations } from '../../src/db/migrations';
import { syncAccess } from '../../src/db/sync-access';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
  }
}

export const MIGRATIONS = resolve(import.meta.dirname, '../../../../prisma/migrations');

/** One private MariaDB for all integration tests; each test file works in organizations of its own. */
export default async function startDatabase(project: TestProject) {
  const dir = await mkdtemp(join(tmpdir(), 'outdial-test-'));
  const stack = await startStack({ dir, profile: 'test', parts: ['database'], sipEphemeralSecret: 'unused' });
  const connection = await connect(stack.databaseUrl);
  await applyMigrations(connection, MIGRATIONS);
  await syncAccess(connection);
  await connection.end();
  project.provide('databaseUrl', stack.databaseUrl);
  return () => stack.close();
}
