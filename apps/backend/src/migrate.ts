import { EnvError, requireDatabaseUrl } from './config/addresses';
import { connect } from './db/client';
import { applyMigrations } from './db/migrations';
import { syncAccess } from './db/sync-access';

/** ER_ACCESS_DENIED_ERROR */
const ACCESS_DENIED = 1045;
const REFUSED =
  'The database refuses the user or the password. One that was made with another password keeps it: see ' +
  '"Another database password" in docs/operations.md.';

async function main(): Promise<void> {
  const connection = await connect(requireDatabaseUrl());
  try {
    const applied = await applyMigrations(connection, process.env.MIGRATIONS_DIR ?? 'prisma/migrations');
    await syncAccess(connection);
    console.log(applied.length > 0 ? `Applied ${applied.join(', ')}` : 'The database is up to date.');
  } finally {
    await connection.end();
  }
}

main().catch((error: unknown) => {
  if (error instanceof EnvError) console.error(error.message);
  else console.error((error as { errno?: number }).errno === ACCESS_DENIED ? REFUSED : error);
  process.exit(1);
});
