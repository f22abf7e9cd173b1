import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import getPort from 'get-port';
import { createConnection, SqlError } from 'mariadb';
import { Child } from './child';
import { type PartContext, partFiles } from './part';
import { requireProgram } from './programs';
import { Supervisor } from './supervisor';
import { waitUntil } from './wait';

const HOST = '127.0.0.1';
const USER = 'outdial';
const DATABASE = 'outdial';
/** Redo log: small, so that a fresh data folder is quick to make; big enough for a sheet of 100,000 rows. */
const LOG_SIZE = '--innodb-log-file-size=48M';
/** Asked for first, so that a database client's bookmark keeps working; another if it is taken. */
const USUAL_PORT = 33_306;
/** How long a busy one may take to let its supervisor in. */
const PROBE_TIMEOUT_MS = 3_000;

/** Fast and forgetful: a test's database need not outlive a power cut. */
const TEST_FLAGS = ['--skip-log-bin', '--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0'];

export interface MariadbOptions {
  /** Where the tables lie; made on first start. */
  readonly dataDir: string;
  /** Of the one account that reaches it over TCP. Letters, digits, `-` and `_`. */
  readonly password: string;
  /** True for throw-away data. */
  readonly disposable: boolean;
}

/** A private MariaDB on loopback, in the version that the machine's packages have. */
export class Mariadb {
  readonly #supervisor: Supervisor;
  readonly port: number;
  readonly #password: string;

  private constructor(supervisor: Supervisor, port: number, password: string) {
    this.#supervisor = supervisor;
    this.port = port;
    this.#password = password;
  }

  static async start(context: PartContext, options: MariadbOptions): Promise<Mariadb> {
    await createDataDir(context, options.dataDir);
    const port = await getPort({ host: HOST, ...(options.disposable ? {} : { port: USUAL_PORT }) });
    const files = partFiles(context, 'mariadb');
    const initFile = `${context.runDir}/mariadb-init.sql`;
    await writeFile(initFile, accountSql(options.password), { mode: 0o600 });
    const spawn = () =>
      new Child({
        ...files,
        name: 'mariadb',
        command: requireProgram('mariadbd'),
        args: [
          // --no-defaults: the machine's own /etc/mysql is not ours.
          '--no-defaults',
          `--datadir=${options.dataDir}`,
          // Relative to the data folder: a socket's path may have 107 characters only.
          '--socket=mariadb.sock',
          `--port=${port}`,
          `--bind-address=${HOST}`,
          `--pid-file=${options.dataDir}/mariadb.pid`,
          '--default-time-zone=+00:00',
          `--init-file=${initFile}`,
          LOG_SIZE,
          '--character-set-server=utf8mb4',
          '--collation-server=utf8mb4_unicode_ci',
          '--skip-name-resolve',
          '--innodb-buffer-pool-size=256M',
          '--max-allowed-packet=64M',
          ...(options.disposable ? TEST_FLAGS : []),
          ...asRoot(),
        ],
        // It writes out what it holds in memory before it goes.
        stopTimeoutMs: 30_000,
      });
    const ready = (child: Child) =>
      waitUntil(() => answers(port, options.password, 1000), {
        timeoutMs: 60_000,
        giveUp: () => child.exit !== undefined,
      });
    const supervisor = await Supervisor.start({
      ...files,
      name: 'mariadb',
      spawn,
      ready,
      probe: () => answers(port, options.password, PROBE_TIMEOUT_MS).catch(isRefusal),
      onLog: context.onLog,
    });
    return new Mariadb(supervisor, port, options.password);
  }

  /** A URL for Prisma and the mariadb driver. */
  get url(): string {
    return `mysql://${USER}:${this.#password}@${HOST}:${this.port}/${DATABASE}`;
  }

  get pid(): number | undefined {
    return this.#supervisor.pid;
  }

  restart(): Promise<void> {
    return this.#supervisor.restart();
  }

  stop(): Promise<void> {
    return this.#supervisor.stop();
  }
}

/** Makes the system tables under another name first, so that an interrupted first start is begun anew. */
async function createDataDir(context: PartContext, dataDir: string): Promise<void> {
  if (existsSync(dataDir)) return;
  const draft = `${dataDir}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  context.onLog('mariadb: making a new data folder');
  await promisify(execFile)(requireProgram('mariadb-install-db'), [
    '--no-defaults',
    `--datadir=${draft}`,
    // root only through the socket, which only this user can open.
    '--auth-root-authentication-method=socket',
    `--auth-root-socket-user=${userInfo().username}`,
    '--skip-test-db',
    LOG_SIZE,
    ...asRoot(),
  ]);
  await chmod(draft, 0o700);
  await rename(draft, dataDir);
}

/** Run by the server at every start; one statement a line. */
function accountSql(password: string): string {
  const account = `${USER}@'${HOST}'`;
  return [
    `CREATE DATABASE IF NOT EXISTS ${DATABASE};`,
    `CREATE USER IF NOT EXISTS ${account};`,
    `ALTER USER ${account} IDENTIFIED BY '${password}';`,
    `GRANT ALL PRIVILEGES ON *.* TO ${account};`,
    '',
  ].join('\n');
}

async function answers(port: number, password: string, connectTimeout: number): Promise<boolean> {
  const connection = await createConnection({
    host: HOST,
    port,
    user: USER,
    password,
    database: DATABASE,
    connectTimeout,
  });
  await connection.end();
  return true;
}

/** The server's own numbers are below 5000, the driver's above 45,000. One that has too many connections is there. */
function isRefusal(error: unknown): boolean {
  return error instanceof SqlError && error.errno > 0 && error.errno < 5000;
}

/** MariaDB refuses to run as root unless told. */
function asRoot(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : [];
}
