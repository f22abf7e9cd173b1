import { randomBytes } from 'node:crypto';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { Child } from './child';
import { type PartContext, partFiles } from './part';
import { freeTcpPort } from './ports';
import { findProgram, requireProgram } from './programs';
import { Supervisor } from './supervisor';
import { waitUntil } from './wait';

const HOST = '127.0.0.1';
/** Asked for first, so that `redis-cli` finds it. Redis's own 6379, and 16379 of its clusters, are the machine's. */
const USUAL_PORT = 27_379;

export interface RedisOptions {
  /** Where the append-only file lies; made on first start. */
  readonly dataDir: string;
  /** True for a test's own, which takes any free port. */
  readonly disposable: boolean;
}

/**
 * A private Redis on loopback: jobs, live events, shared limits. It keeps what it acknowledged over a kill -9 of
 * its process; a power cut may cost the last second, which MariaDB knows and puts back.
 */
export class Redis {
  readonly #supervisor: Supervisor;
  readonly #password: string;
  readonly port: number;

  private constructor(supervisor: Supervisor, port: number, password: string) {
    this.#supervisor = supervisor;
    this.port = port;
    this.#password = password;
  }

  static async start(context: PartContext, options: RedisOptions): Promise<Redis> {
    const port = await freeTcpPort(options.disposable ? undefined : USUAL_PORT);
    // Only the apps of this run need it, and they are told: nothing to keep.
    const password = randomBytes(24).toString('base64url');
    const command = await serverProgram(context.runDir);
    const configFile = `${context.runDir}/redis.conf`;
    await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
    // A file rather than arguments: those are for everyone's eyes in `ps`. A new one, as an old one keeps its mode.
    await rm(configFile, { force: true });
    await writeFile(configFile, configuration(port, password, options.dataDir), { mode: 0o600 });
    const files = partFiles(context, 'redis');
    const spawn = () => new Child({ ...files, name: 'redis', command, args: [configFile] });
    const ready = (child: Child) =>
      waitUntil(() => answers(port, password), {
        // It reads its whole file first.
        timeoutMs: 30_000,
        giveUp: () => child.exit !== undefined,
      });
    const supervisor = await Supervisor.start({
      ...files,
      name: 'redis',
      spawn,
      ready,
      probe: (signal) => speaks(port, password, signal),
      onLog: context.onLog,
    });
    return new Redis(supervisor, port, password);
  }

  /** A URL for ioredis. */
  get url(): string {
    return `redis://:${this.#password}@${HOST}:${this.port}`;
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

/**
 * Debian's `redis-tools` holds the server: its `redis-check-rdb` is one when it is called `redis-server`, and the
 * package of that name adds only that link and a system service, which nobody asked for.
 */
async function serverProgram(runDir: string): Promise<string> {
  const server = findProgram('redis-server');
  if (server !== undefined) return server;
  const link = `${runDir}/redis-server`;
  await rm(link, { force: true });
  await symlink(requireProgram('redis-check-rdb'), link);
  return link;
}

function configuration(port: number, password: string, dataDir: string): string {
  const lines = [
    `bind ${HOST}`,
    `port ${port}`,
    `requirepass ${password}`,
    `dir ${JSON.stringify(dataDir)}`,
    'save ""',
    'appendonly yes',
    'appendfsync everysec',
    // A queue must refuse a job rather than forget another.
    'maxmemory-policy noeviction',
    'daemonize no',
    // Its title would lie over its environment, by which a later run knows its own (stale.ts).
    'set-proc-title no',
  ];
  return `${lines.join('\n')}\n`;
}

/** @throws while nobody listens. False while it reads its data, and for another's Redis on our port. */
async function answers(port: number, password: string): Promise<boolean> {
  return (await ask(port, password, AbortSignal.timeout(1000))).startsWith('+OK\r\n+PONG\r\n');
}

/** A refusal is an answer, too: that it reads its data, say, or a script that keeps it busy. */
async function speaks(port: number, password: string, signal: AbortSignal): Promise<boolean> {
  return (await ask(port, password, signal)) !== '';
}

/** @returns what it says to its password and a PING. @throws while nobody listens */
function ask(port: number, password: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: HOST, signal }, () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    let said = '';
    socket.setEncoding('latin1');
    socket.on('data', (text) => {
      said += text;
      if (said.split('\r\n').length > 2) socket.end();
    });
    socket.once('error', reject);
    socket.once('close', () => resolve(said));
  });
}
