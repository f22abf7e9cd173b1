import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from 'mariadb';

const HISTORY_TABLE = `CREATE TABLE IF NOT EXISTS \`_prisma_migrations\` (
  \`id\` VARCHAR(36) PRIMARY KEY NOT NULL,
  \`checksum\` VARCHAR(64) NOT NULL,
  \`finished_at\` DATETIME(3),
  \`migration_name\` VARCHAR(255) NOT NULL,
  \`logs\` TEXT,
  \`rolled_back_at\` DATETIME(3),
  \`started_at\` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  \`applied_steps_count\` INTEGER UNSIGNED NOT NULL DEFAULT 0
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`;

const LOCK = 'outdial-migrate';

/** A migration that was changed after it was applied, or that stopped half way. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

interface AppliedRow {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

async function applyOne(connection: Connection, name: string, sql: string, checksum: string): Promise<void> {
  const id = randomUUID();
  await connection.query('INSERT INTO `_prisma_migrations` (id, checksum, migration_name) VALUES (?, ?, ?)', [
    id,
    checksum,
    name,
  ]);
  await connection.query(sql);
  await connection.query(
    'UPDATE `_prisma_migrations` SET finished_at = CURRENT_TIMESTAMP(3), applied_steps_count = 1 WHERE id = ?',
    [id],
  );
}

function checkApplied(applied: AppliedRow, checksum: string): void {
  if (!applied.finished_at)
    throw new MigrationError(
      `Migration ${applied.migration_name} stopped half way. Repair the database, then set finished_at of its row in _prisma_migrations.`,
    );
  if (applied.checksum !== checksum)
    throw new MigrationError(
      `Migration ${applied.migration_name} was changed after it had been applied. Restore the file and add a new migration instead.`,
    );
}

function checkKnown(applied: readonly string[], known: readonly string[]): void {
  const unknown = applied.find((name) => !known.includes(name));
  if (unknown)
    throw new MigrationError(
      `This database was made by another version of Outdial: its migration ${unknown} is not here. Use that version, or an empty database (for npm start: remove the folder .outdial).`,
    );
}

/**
 * Applies what `prisma migrate deploy` would, and writes the same history (`_prisma_migrations`, sha256 of the
 * file), so that Prisma's own commands keep working. Ours, because Prisma's engine is a download that
 * locked-down installs cannot reach. Safe to run from several processes at once.
 * @returns names of the migrations applied now
 */
export async function applyMigrations(connection: Connection, folder: string): Promise<string[]> {
  const [lock] = await connection.query<{ got: bigint | number | null }[]>('SELECT GET_LOCK(?, 60) AS got', [
    LOCK,
  ]);
  if (Number(lock?.got) !== 1)
    throw new MigrationError('Another process is migrating this database. Try again.');
  try {
    await connection.query(HISTORY_TABLE);
    const rows = await connection.query<AppliedRow[]>(
      'SELECT migration_name, checksum, finished_at FROM `_prisma_migrations` WHERE rolled_back_at IS NULL',
    );
    const applied = new Map(rows.map((row) => [row.migration_name, row]));
    const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
    checkKnown(
      [...applied.keys()],
      names.map(({ name }) => name),
    );
    const done: string[] = [];
    for (const { name } of names.sort((a, b) => a.name.localeCompare(b.name, 'en'))) {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      const checksum = createHash('sha256').update(sql).digest('hex');
      const before = applied.get(name);
      if (before) checkApplied(before, checksum);
      else {
        await applyOne(connection, name, sql, checksum);
        done.push(name);
      }
    }
    return done;
  } finally {
    await connection.query('SELECT RELEASE_LOCK(?)', [LOCK]);
  }
}
