import { PrismaMariaDb } from '@prisma/adapter-mariadb';
import * as mariadb from 'mariadb';
import { PrismaClient } from './generated/client';

export type Db = PrismaClient;

function poolConfig(databaseUrl: string, poolSize: number): mariadb.PoolConfig {
  const url = new URL(databaseUrl);
  return {
    host: decodeURIComponent(url.hostname),
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1),
    connectionLimit: poolSize,
    connectTimeout: 5_000,
    acquireTimeout: 5_000,
    // A connection that was used just now is not asked first whether it lives: an agent waits for the answer.
    minDelayValidation: 10_000,
    timezone: 'Z',
    // MySQL 8 without TLS offers its key on the wire; TLS is asked for with ?ssl=true.
    ...(url.searchParams.get('ssl') === 'true' ? { ssl: true } : { allowPublicKeyRetrieval: true }),
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

/** The driver itself, for bulk inserts: its `batch()` is five times as fast as `createMany`. Connects on first use. */
export class BulkConnections {
  #pool: mariadb.Pool | null = null;

  constructor(private readonly databaseUrl: string) {}

  get(): Promise<mariadb.PoolConnection> {
    this.#pool ??= mariadb.createPool({ ...poolConfig(this.databaseUrl, 2), minimumIdle: 1 });
    return this.#pool.getConnection();
  }

  async close(): Promise<void> {
    await this.#pool?.end();
    this.#pool = null;
  }
}

/** One plain connection, for migrations. */
export function connect(databaseUrl: string): Promise<mariadb.Connection> {
  const { connectionLimit, acquireTimeout, ...config } = poolConfig(databaseUrl, 1);
  return mariadb.createConnection({ ...config, multipleStatements: true });
}
