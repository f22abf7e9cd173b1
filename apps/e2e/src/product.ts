import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Child, type Stack, startStack } from '@outdial/stack';
import { isTcpFree } from '@outdial/stack/ports';
import { ensureBuilt } from '@outdial/stack/run/build';
import { Supervisor } from '@outdial/stack/supervisor';
import { waitUntil } from '@outdial/stack/wait';
import { seedPeople } from '../../../prisma/seed/people';
import { connect, createDb } from '../../backend/src/db/client';
import { applyMigrations } from '../../backend/src/db/migrations';
import { syncAccess } from '../../backend/src/db/sync-access';
import { CARRIER_HZ, ROOT, type Run } from './run';

const API = join(ROOT, 'apps/backend/dist/server.js');
const WEB = join(ROOT, 'apps/frontend/dist/server.js');

const secret = () => randomBytes(32).toString('base64url');

/** The whole product as `npm start` runs it, in a folder and on ports of its own. */
export class Product {
  static async start(dir: string): Promise<Product> {
    if (!existsSync(API) || !existsSync(WEB)) await ensureBuilt();
    const sipEphemeralSecret = secret();
    const stackDir = join(dir, 'stack');
    const stack = await startStack({
      dir: stackDir,
      profile: 'test',
      sipEphemeralSecret,
      carrierAudio: { kind: 'tone', hz: CARRIER_HZ },
      // A page that is gone is told at once; one that crashed is waited for this long.
      graceSeconds: 3,
      onLog: (line) => console.error(line),
    });
    const apps: Supervisor[] = [];
    try {
      await fillDatabase(stack.databaseUrl);
      const [apiPort, webPort] = [await freePort(), await freePort()];
      const webUrl = `http://127.0.0.1:${webPort}`;
      const uploadsDir = join(dir, 'uploads');
      const env = {
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        PORT: String(apiPort),
        WEB_PORT: String(webPort),
        WEB_URL: webUrl,
        API_URL: `http://127.0.0.1:${apiPort}`,
        SIP_UPSTREAM_URL: stack.sipUpstreamUrl,
        DATABASE_URL: stack.databaseUrl,
        SIP_EPHEMERAL_SECRET: sipEphemeralSecret,
        AUTH_SECRET: secret(),
        ENCRYPTION_KEY: randomBytes(32).toString('base64'),
        UPLOADS_DIR: uploadsDir,
        OUTDIAL_DEMO: '1',
        NEXT_TELEMETRY_DISABLED: '1',
      };
      apps.unshift(await startApp(dir, 'api', API, `${env.API_URL}/api/health/ready`, env));
      apps.unshift(await startApp(dir, 'web', WEB, `${webUrl}/login`, env));
      return new Product(stack, apps, { webUrl, databaseUrl: stack.databaseUrl, uploadsDir, stackDir });
    } catch (error) {
      for (const app of apps) await app.stop();
      await stack.close();
      throw error;
    }
  }

  private constructor(
    readonly stack: Stack,
    private readonly apps: readonly Supervisor[],
    readonly run: Run,
  ) {}

  async close(): Promise<void> {
    for (const app of this.apps) await app.stop();
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

function startApp(dir: string, name: string, script: string, readyUrl: string, env: Record<string, string>) {
  const logFile = join(dir, `${name}.log`);
  return Supervisor.start({
    name,
    logFile,
    spawn: () =>
      new Child({
        name,
        command: process.execPath,
        args: [script],
        cwd: ROOT,
        env,
        logFile,
        ownerDir: dir,
        stopTimeoutMs: 15_000,
      }),
    ready: (child) =>
      waitUntil(async () => (await fetch(readyUrl)).ok, {
        timeoutMs: 60_000,
        giveUp: () => child.exit !== undefined,
      }),
    onDeath: 'restart-or-fail',
    onLog: (line) => console.error(line),
  });
}

/** Below the range that the system gives to outgoing connections, so that none of those takes it. */
async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = 10_000 + (randomBytes(2).readUInt16BE() % 9_000);
    if (await isTcpFree(port)) return port;
  }
  throw new Error('No free port between 10000 and 19000.');
}
