import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Stack, startStack } from '@outdial/stack';
import { freeTcpPort } from '@outdial/stack/ports';
import { type AppOptions, startApi, startWeb, startWorker } from '@outdial/stack/run/apps';
import { ensureBuilt, hasOutputs } from '@outdial/stack/run/build';
import type { Supervisor } from '@outdial/stack/supervisor';
import { seedPeople } from '../../../prisma/seed/people';
import { connect, createDb } from '../../backend/src/db/client';
import { applyMigrations } from '../../backend/src/db/migrations';
import { syncAccess } from '../../backend/src/db/sync-access';
import { CARRIER_HZ, ROOT, type Run } from './run';

const secret = () => randomBytes(32).toString('base64url');

/** The whole product as `npm start` runs it, in a folder and on ports of its own. */
export class Product {
  static async start(dir: string): Promise<Product> {
    if (!hasOutputs()) await ensureBuilt();
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
      const [apiPort, workerPort, webPort] = [await freeTcpPort(), await freeTcpPort(), await freeTcpPort()];
      const webUrl = `http://127.0.0.1:${webPort}`;
      const uploadsDir = join(dir, 'uploads');
      const env = {
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        PORT: String(apiPort),
        WORKER_PORT: String(workerPort),
        WEB_PORT: String(webPort),
        WEB_URL: webUrl,
        API_URL: `http://127.0.0.1:${apiPort}`,
        SIP_UPSTREAM_URL: stack.sipUpstreamUrl,
        DATABASE_URL: stack.databaseUrl,
        REDIS_URL: stack.redisUrl,
        SIP_EPHEMERAL_SECRET: sipEphemeralSecret,
        AUTH_SECRET: secret(),
        ENCRYPTION_KEY: randomBytes(32).toString('base64'),
        UPLOADS_DIR: uploadsDir,
        OUTDIAL_DEMO: '1',
        NEXT_TELEMETRY_DISABLED: '1',
      };
      const onLog = (line: string) => console.error(line);
      const options: AppOptions = { env, logDir: dir, ownerDir: dir, onLog, onFatal: onLog };
      for (const start of [startApi, startWorker, startWeb]) apps.unshift(await start(options));
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
