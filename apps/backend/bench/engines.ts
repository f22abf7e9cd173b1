import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Stack, type StackPart, startStack } from '@outdial/stack';
import { connect } from '../src/db/client';
import { applyMigrations } from '../src/db/migrations';
import { syncAccess } from '../src/db/sync-access';

const MIGRATIONS = resolve(import.meta.dirname, '../../../prisma/migrations');

/** A private, migrated MariaDB and what else is asked for, in a new folder that goes with them. */
export async function startEngines(parts: readonly StackPart[]): Promise<{ stack: Stack; dir: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'outdial-bench-'));
  const stack = await startStack({ dir, profile: 'test', parts, sipEphemeralSecret: 'unused' });
  process.once('SIGINT', () => void stack.close().finally(() => process.exit(130)));
  const connection = await connect(stack.databaseUrl);
  await applyMigrations(connection, MIGRATIONS);
  await syncAccess(connection);
  await connection.end();
  return { stack, dir };
}
