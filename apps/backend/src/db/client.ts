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
    acquireTimeout: 10_000,
    timezone: 'Z',
    // MySQL 8 without TLS offers its key on the wire; TLS is asked for with ?ssl=true.
    ...(url.searchParams.get('ssl') === 'true' ? { ssl: true } : { allowPublicKeyRetrieval: true }),
  };
}

/** Connects on first use. */
export function createDb(databaseUrl: string, poolSize: number): Db {
  return new PrismaClient({ adapter: new PrismaMariaDb(poolConfig(databaseUrl, poolSize)) });
}

/** The driver itself, for bulk inserts: its `batch()` is five times as fast as `createMany`. */
export function createBulkPool(databaseUrl: string): mariadb.Pool {
  return mariadb.createPool({ ...poolConfig(databaseUrl, 2), minimumIdle: 1 });
}

/** One plain connection, for migrations. */
export function connect(databaseUrl: string): Promise<mariadb.Connection> {
  const { connectionLimit, acquireTimeout, ...config } = poolConfig(databaseUrl, 1);
  return mariadb.createConnection({ ...config, multipleStatements: true });
}
