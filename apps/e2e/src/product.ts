import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Stack, startStack } from '@outdial/stack';
import { freeTcpPort } from '@outdial/stack/ports';
import { startApi, startWeb, startWorker } from '@outdial/stack/run/apps';
import { ensureBuilt, hasOutputs } from '@outdial/stack/run/build';
import { seedPeople } from '../../../prisma/seed/people';
import { connect, createDb } from '../../backend/src/db/client';
import { applyMigrations } from '../../backend/src/db/migrations';
import { syncAccess } from '../../backend/src/db/sync-access';
import { MortalProcess } from './mortal-process';
import { CARRIER_HZ, ROOT, type Run } from './run';

const secret = () => randomBytes(32).toString('base64url');

const START = { api: startApi, worker: startWorker, web: startWeb };
type Kind = keyof typeof START;

export interface ProductOptions {
  readonly apis?: number;
  readonly workers?: number;
  /** How long the switch waits for a browser that dropped in a call, in s; 3 by default, as tests are impatient. */
  readonly graceSeconds?: number;
  /** What the keepers of its processes say; printed by default. */
  readonly onLog?: (line: string) => void;
}

/** The parts by the names that their keepers call them. */
export type PartName = Kind | 'mariadb' | 'redis' | 'kamailio' | 'rtpengine' | 'carrier';

/** The whole product as `npm start` runs it, in a folder and on ports of its own. */
export class Product {
  /** Of API and worker as many as asked for, behind one web server. */
  static async start(
    dir: string,
    { apis = 1, workers = 1, graceSeconds = 3, onLog = console.error }: ProductOptions = {},
  ): Promise<Product> {
    if (!hasOutputs()) await ensureBuilt();
    const sipEphemeralSecret = secret();
    const stackDir = join(dir, 'stack');
    const stack = await startStack({
      dir: stackDir,
      profile: 'test',
      sipEphemeralSecret,
      carrierAudio: { kind: 'tone', hz: CARRIER_HZ },
      // A page that is gone is told at once; one that crashed is waited for this long.
      graceSeconds,
      onLog,
    });
    const apps: Record<Kind, MortalProcess[]> = { web: [], api: [], worker: [] };
    const product = (run: Run) => new Product(stack, apps, run);
    const uploadsDir = join(dir, 'uploads');
    try {
      await fillDatabase(stack.databaseUrl);
      const webPort = await freeTcpPort();
      const webUrl = `http://127.0.0.1:${webPort}`;
      const apiUrls: string[] = [];
      while (apiUrls.length < apis) apiUrls.push(`http://127.0.0.1:${await freeTcpPort()}`);
      const env = {
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        WEB_PORT: String(webPort),
        WEB_URL: webUrl,
        API_URL: apiUrls.join(','),
        SIP_UPSTREAM_URL: stack.sipUpstreamUrl,
        DATABASE_URL: stack.databaseUrl,
        REDIS_URL: stack.redisUrl,
        SIP_EPHEMERAL_SECRET: sipEphemeralSecret,
        SIP_SWITCH_SECRET: stack.sipSwitchSecret,
        SIP_CONTROL_URL: stack.sipControlUrl,
        AUTH_SECRET: secret(),
        ENCRYPTION_KEY: randomBytes(32).toString('base64'),
        UPLOADS_DIR: uploadsDir,
        OUTDIAL_DEMO: '1',
        NEXT_TELEMETRY_DISABLED: '1',
      };
      const launch = async (kind: Kind, own: Record<string, string> = {}) => {
        const nth = apps[kind].length;
        const logDir = nth === 0 ? dir : join(dir, String(nth + 1));
        const options = { env: { ...env, ...own }, logDir, ownerDir: dir, onLog };
        apps[kind].push(new MortalProcess(await START[kind](options)));
      };
      for (const url of apiUrls) await launch('api', { API_URL: url, PORT: new URL(url).port });
      while (apps.worker.length < workers)
        await launch('worker', { WORKER_PORT: String(await freeTcpPort()) });
      await launch('web');
      return product({
        webUrl,
        apiUrl: apiUrls[0] ?? '',
        databaseUrl: stack.databaseUrl,
        uploadsDir,
        stackDir,
      });
    } catch (error) {
      await product({ webUrl: '', apiUrl: '', databaseUrl: '', uploadsDir, stackDir }).close();
      throw error;
    }
  }

  private constructor(
    readonly stack: Stack,
    private readonly apps: Readonly<Record<Kind, readonly MortalProcess[]>>,
    readonly run: Run,
  ) {}

  get apis(): readonly MortalProcess[] {
    return this.apps.api;
  }

  get workers(): readonly MortalProcess[] {
    return this.apps.worker;
  }

  /** The first of its kind. */
  part(name: PartName): MortalProcess {
    if (!(name in START)) return new MortalProcess(this.stack[name as Exclude<PartName, Kind>]);
    const [first] = this.apps[name as Kind];
    if (!first) throw new Error(`There is no ${name}.`);
    return first;
  }

  get redis(): MortalProcess {
    return new MortalProcess(this.stack.redis);
  }

  async close(): Promise<void> {
    const { web, worker, api } = this.apps;
    for (const app of [...web, ...worker, ...api]) await app.stop();
    await this.stack.close();
  }
}

/** Tables, roles and the demo people; no history: tests make what they look for. */
async function fillDatabase(databaseUrl: string): Promise<void> {
  const connection = await connect(databaseUrl);
  await applyMigrations(connection, join(ROOT, 'prisma/migrations'));
  await syncAccess(connection);
  await connection.end();
  const db = createDb(databaseUrl, 2);
  await seedPeople(db);
  await db.$disconnect();
}
