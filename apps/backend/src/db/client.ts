import { PrismaMariaDb } from '@prisma/adapter-mariadb';
import * as mariadb from 'mariadb';
import { PrismaClient } from './generated/client';

/** The whole database, of all organizations. Services get it through `Units` and `forOrganization`. */
export type Db = PrismaClient;

function connectionConfig(databaseUrl: string): mariadb.ConnectionConfig {
  const url = new URL(databaseUrl);
  return {
    host: decodeURIComponent(url.hostname),
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1),
    connectTimeout: 5_000,
    timezone: 'Z',
    // Claims of a queue lock what they take and nothing beside it.
    initSql: 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
    // MySQL 8 without TLS offers its key on the wire; TLS is asked for with ?ssl=true.
    ...(url.searchParams.get('ssl') === 'true' ? { ssl: true } : { allowPublicKeyRetrieval: true }),
  };
}

function poolConfig(databaseUrl: string, poolSize: number): mariadb.PoolConfig {
  return {
    ...connectionConfig(databaseUrl),
    connectionLimit: poolSize,
    acquireTimeout: 5_000,
    // A connection that was used just now is not asked first whether it lives: an agent waits for the answer.
    minDelayValidation: 10_000,
  };
}

/** Connects on first use. `onQuery` hears the SQL of every query. */
export function createDb(
  databaseUrl: string,
  poolSize: number,
  onQuery?: (sql: string, params: string) => void,
): Db {
  const adapter = new PrismaMariaDb(poolConfig(databaseUrl, poolSize));
  if (!onQuery) return new PrismaClient({ adapter });
  const db = new PrismaClient({ adapter, log: [{ emit: 'event', level: 'query' }] });
  db.$on('query', ({ query, params }) => onQuery(query, params));
  return db;
}

/**
 * The driver itself, where Prisma is too slow: a transaction whose statements go out together, and bulk inserts (its
 * `batch()` is five times as fast as `createMany`). Connects on first use; whole numbers come as numbers.
 */
export class Driver {
  #pool: mariadb.Pool | null = null;

  constructor(
    private readonly databaseUrl: string,
    private readonly poolSize: number,
  ) {}

  connection(): Promise<mariadb.PoolConnection> {
    this.#pool ??= mariadb.createPool({
      ...poolConfig(this.databaseUrl, this.poolSize),
      minimumIdle: 1,
      bigIntAsNumber: true,
      insertIdAsNumber: true,
    });
    return this.#pool.getConnection();
  }

  async close(): Promise<void> {
    await this.#pool?.end();
    this.#pool = null;
  }
}

/** One plain connection, for migrations. */
export function connect(databaseUrl: string): Promise<mariadb.Connection> {
  return mariadb.createConnection({ ...connectionConfig(databaseUrl), multipleStatements: true });
}
