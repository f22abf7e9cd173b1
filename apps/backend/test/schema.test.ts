import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import {
  CALL_STATUSES,
  callFaultSchema,
  callReachSchema,
  directionSchema,
  hangupBySchema,
  LEAD_STATUSES,
  RECORDING_STATUSES,
  SHEET_STATUSES,
} from '@outdial/contracts';
import type { Connection } from 'mariadb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect } from '../src/db/client';
import { applyMigrations, MigrationError } from '../src/db/migrations';
import { MIGRATIONS } from './support/database';
import { freshDatabase } from './support/outdial';

/** CommonJS that loaders of TypeScript see differently. */
const prismaInternals = createRequire(import.meta.url)(
  '@prisma/internals',
) as typeof import('@prisma/internals');

const SCHEMA = resolve(import.meta.dirname, '../../../prisma');

type Dmmf = Awaited<ReturnType<typeof prismaInternals.getDMMF>>['datamodel'];
type Model = Dmmf['models'][number];

let connection: Connection;
let datamodel: Dmmf;

beforeAll(async () => {
  connection = await connect(await freshDatabase(`schema_${process.pid}`));
  const files = (await readdir(SCHEMA)).filter((file) => file.endsWith('.prisma'));
  const sources = await Promise.all(
    files.map(async (file): Promise<[string, string]> => [file, await readFile(join(SCHEMA, file), 'utf8')]),
  );
  ({ datamodel } = await prismaInternals.getDMMF({ datamodel: sources }));
});
afterAll(() => connection.end());

/** What Prisma cannot say: generated columns, and the indexes they are part of (docs/adr/0010). */
const BEYOND_PRISMA = {
  columns: ['kind', 'durationClass'],
  keys: [
    'index organizationId,agentId,id,kind',
    'index organizationId,teamId,id,kind',
    'index organizationId,campaignId,id,kind',
    'index organizationId,sheetId,id,kind',
    'index organizationId,kind,id',
    'index organizationId,durationClass,id,durationMs',
  ],
};

const TYPES: Record<string, string> = {
  Int: 'int',
  BigInt: 'bigint',
  Bytes: 'binary',
  Boolean: 'tinyint',
  Json: 'longtext',
  DateTime: 'datetime',
  String: 'varchar',
};

interface Column {
  name: string;
  type: string;
  nullable: boolean;
}

const tableOf = (model: Model) => model.dbName ?? model.name;
const columnOf = (model: Model, field: string) => {
  const found = model.fields.find(({ name }) => name === field);
  return found?.dbName ?? field;
};

/** `varchar(36)`, `datetime(3)`, `int`: as information_schema writes it, without display widths of whole numbers. */
function columnType(field: Model['fields'][number]): string {
  const [native, args = []] = field.nativeType ?? [];
  const isUnsigned = native?.startsWith('Unsigned');
  const name = native?.replace('Unsigned', '').toLowerCase() ?? TYPES[field.type] ?? field.type;
  const sized = args.length > 0 ? `${name}(${args.join(',')})` : name;
  return isUnsigned ? `${sized} unsigned` : sized;
}

function expectedColumns(model: Model): Column[] {
  return model.fields
    .filter((field) => field.kind === 'scalar')
    .map((field) => ({
      name: field.dbName ?? field.name,
      type: columnType(field),
      nullable: !field.isRequired,
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

async function actualColumns(table: string): Promise<Column[]> {
  const rows = await connection.query<{ name: string; type: string; nullable: string }[]>(
    `SELECT COLUMN_NAME AS name, COLUMN_TYPE AS type, IS_NULLABLE AS nullable FROM information_schema.COLUMNS
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?`,
    [table],
  );
  return rows
    .filter(({ name }) => table !== 'call' || !BEYOND_PRISMA.columns.includes(name))
    .map(({ name, type, nullable }) => ({
      name,
      type: type.replace(/^(bigint|int|smallint|tinyint)\(\d+\)/, '$1'),
      nullable: nullable === 'YES',
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function expectedKeys(model: Model): string[] {
  const name = (fields: readonly string[]) => fields.map((field) => columnOf(model, field)).join(',');
  const ids =
    model.primaryKey?.fields ?? model.fields.filter((field) => field.isId).map((field) => field.name);
  const uniques = [
    ...model.uniqueFields,
    ...model.fields.filter((field) => field.isUnique).map((field) => [field.name]),
  ];
  const plain = datamodel.indexes.filter((index) => index.model === model.name && index.type === 'normal');
  return [
    `primary ${name(ids)}`,
    ...uniques.map((fields) => `unique ${name(fields)}`),
    ...plain.map((index) => `index ${name(index.fields.map((field) => field.name))}`),
  ].sort();
}

async function actualKeys(table: string): Promise<string[]> {
  const rows = await connection.query<{ name: string; free: bigint; columns: string }[]>(
    `SELECT INDEX_NAME AS name, MAX(NON_UNIQUE) AS free, GROUP_CONCAT(COLUMN_NAME ORDER BY SEQ_IN_INDEX) AS columns
     FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? GROUP BY INDEX_NAME`,
    [table],
  );
  const foreign = new Set((await actualForeignKeys(table)).map((key) => key.split(' -> ')[0]));
  return rows
    .map(({ name, free, columns }) => {
      if (name === 'PRIMARY') return `primary ${columns}`;
      return Number(free) === 0 ? `unique ${columns}` : `index ${columns}`;
    })
    .filter((key) => !BEYOND_PRISMA.keys.includes(key))
    .filter(
      (key) =>
        !(
          key.startsWith('index ') &&
          foreign.has(key.slice('index '.length)) &&
          /_fkey/.test(nameOf(rows, key))
        ),
    )
    .sort();
}

/** The name of the index behind a key: MariaDB makes one for a foreign key that has none of its own. */
function nameOf(rows: readonly { name: string; columns: string }[], key: string): string {
  return rows.find(({ columns }) => key.endsWith(` ${columns}`))?.name ?? '';
}

async function actualForeignKeys(table: string): Promise<string[]> {
  const rows = await connection.query<{ columns: string; target: string; targets: string }[]>(
    `SELECT GROUP_CONCAT(COLUMN_NAME ORDER BY ORDINAL_POSITION) AS columns, REFERENCED_TABLE_NAME AS target,
       GROUP_CONCAT(REFERENCED_COLUMN_NAME ORDER BY ORDINAL_POSITION) AS targets
     FROM information_schema.KEY_COLUMN_USAGE
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? AND REFERENCED_TABLE_NAME IS NOT NULL
     GROUP BY CONSTRAINT_NAME, REFERENCED_TABLE_NAME`,
    [table],
  );
  return rows.map(({ columns, target, targets }) => `${columns} -> ${target}(${targets})`).sort();
}

function expectedForeignKeys(model: Model): string[] {
  return model.fields
    .filter((field) => (field.relationFromFields?.length ?? 0) > 0)
    .map((field) => {
      const target = datamodel.models.find(({ name }) => name === field.type) as Model;
      const from = (field.relationFromFields ?? []).map((name) => columnOf(model, name));
      const to = (field.relationToFields ?? []).map((name) => columnOf(target, name));
      return `${from.join(',')} -> ${tableOf(target)}(${to.join(',')})`;
    })
    .sort();
}

it('has in the migrated database what the Prisma schema says, column by column and key by key', async () => {
  const tables = await connection.query<{ name: string }[]>(
    `SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME <> '_prisma_migrations'`,
  );
  expect(tables.map(({ name }) => name).sort()).toEqual(datamodel.models.map(tableOf).sort());
  for (const model of datamodel.models) {
    const table = tableOf(model);
    expect({ table, columns: await actualColumns(table) }).toEqual({
      table,
      columns: expectedColumns(model),
    });
    expect({ table, keys: await actualKeys(table) }).toEqual({ table, keys: expectedKeys(model) });
    expect({ table, foreign: await actualForeignKeys(table) }).toEqual({
      table,
      foreign: expectedForeignKeys(model),
    });
  }
});

it('holds tenant rows together by composite keys only', async () => {
  const tenants = datamodel.models.filter((model) =>
    model.fields.some((field) => field.name === 'organizationId'),
  );
  const tenantTables = new Set(tenants.map(tableOf));
  for (const model of tenants) {
    for (const key of await actualForeignKeys(tableOf(model))) {
      const target = /-> (\w+)\(/.exec(key)?.[1] ?? '';
      // What has no row of its own to be pointed at, like a live call, is named by its call.
      if (tenantTables.has(target)) expect(key).toMatch(/^organizationId,\w+ -> \w+\(organizationId,id\)$/);
    }
  }
});

/** The words of a column's CHECK, in its order. */
async function checkedWords(table: string, column: string): Promise<string[]> {
  const [row] = await connection.query<{ clause: string }[]>(
    `SELECT CHECK_CLAUSE AS clause FROM information_schema.CHECK_CONSTRAINTS
     WHERE CONSTRAINT_SCHEMA = DATABASE() AND CONSTRAINT_NAME = ?`,
    [`${table}_${column}_check`],
  );
  return [...(row?.clause ?? '').matchAll(/'([^']*)'/g)].map(([, word]) => word ?? '');
}

it.each([
  ['call', 'status', CALL_STATUSES],
  ['call', 'direction', directionSchema.options],
  ['call', 'hangupBy', hangupBySchema.options],
  ['call', 'reached', callReachSchema.options],
  ['call', 'fault', callFaultSchema.options],
  ['lead', 'status', LEAD_STATUSES],
  ['sheet', 'status', SHEET_STATUSES],
  ['recording', 'status', RECORDING_STATUSES],
] as const)('checks %s.%s for the words of the contract', async (table, column, words) => {
  expect(await checkedWords(table, column)).toEqual([...words]);
});

it('numbers kinds of call as the history does', async () => {
  const [row] = await connection.query<{ expression: string }[]>(
    `SELECT GENERATION_EXPRESSION AS expression FROM information_schema.COLUMNS
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'call' AND COLUMN_NAME = 'kind'`,
  );
  const words = [...(row?.expression ?? '').matchAll(/'([a-z-]+)'/g)].map(([, word]) => word);
  expect(words).toEqual([...CALL_STATUSES, 'inbound']);
});

it('applies nothing a second time, and refuses a migration that was changed afterwards', async () => {
  expect(await applyMigrations(connection, MIGRATIONS)).toEqual([]);
  await connection.query('UPDATE `_prisma_migrations` SET checksum = REVERSE(checksum)');
  await expect(applyMigrations(connection, MIGRATIONS)).rejects.toThrow(MigrationError);
  await connection.query('UPDATE `_prisma_migrations` SET checksum = REVERSE(checksum)');
});

it('does not touch a database of another version', async () => {
  const rename = (from: string, to: string) =>
    connection.query('UPDATE `_prisma_migrations` SET migration_name = ? WHERE migration_name = ?', [
      to,
      from,
    ]);
  const [row] = await connection.query<{ name: string }[]>(
    'SELECT migration_name AS name FROM `_prisma_migrations`',
  );
  await rename(row?.name ?? '', '20200101000000_elsewhere');
  await expect(applyMigrations(connection, MIGRATIONS)).rejects.toThrow('another version');
  await rename('20200101000000_elsewhere', row?.name ?? '');
});
