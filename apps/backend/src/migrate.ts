import { connect } from './db/client';
import { applyMigrations } from './db/migrations';
import { syncAccess } from './db/sync-access';

const databaseUrl = process.env.DATABASE_URL;
if (!databaseUrl) {
  console.error(
    'DATABASE_URL is missing: say which database to migrate, like mysql://user:password@host:3306/outdial',
  );
  process.exit(1);
}

const connection = await connect(databaseUrl);
try {
  const applied = await applyMigrations(connection, process.env.MIGRATIONS_DIR ?? 'prisma/migrations');
  await syncAccess(connection);
  console.log(applied.length > 0 ? `Applied ${applied.join(', ')}` : 'The database is up to date.');
} finally {
  await connection.end();
}
