import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@outdial/contracts';
import { agent as supertestAgent } from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { inject } from 'vitest';
import type { Clock } from '../../src/adapters/clock';
import { passwordHasher } from '../../src/adapters/password';
import { createApp } from '../../src/app';
import { createBackground } from '../../src/background';
import { type Env, readEnv } from '../../src/config/env';
import { createLogger } from '../../src/config/logger';
import { type Api, type Core, createApi, createCore } from '../../src/container';
import { connect, createDb, type Db } from '../../src/db/client';
import { applyMigrations } from '../../src/db/migrations';
import { publicId } from '../../src/db/public-ids';
import { syncAccess } from '../../src/db/sync-access';
import { defaultGrants } from '../../src/services/identity/organizations.service';
import { MIGRATIONS } from './database';

export const PASSWORD = 'correct horse battery';

/** A clock that stands still until it is told to move. */
export class TestClock implements Clock {
  #now = Date.now();
  now = () => new Date(this.#now);
  advance(ms: number): void {
    this.#now += ms;
  }
}

export interface TestUser {
  readonly id: string;
  /** The agent as the API names it, and its row; null for people without a phone. */
  readonly agentId: string | null;
  readonly agentRow: number | null;
  readonly email: string;
  readonly organizationId: number;
  readonly api: ReturnType<typeof supertestAgent>;
}

/** A fresh database of this name, migrated. @returns its URL */
export async function freshDatabase(name: string): Promise<string> {
  const url = new URL(inject('databaseUrl'));
  const server = await connect(url.href);
  await server.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4`);
  await server.end();
  url.pathname = `/${name}`;
  const connection = await connect(url.href);
  await applyMigrations(connection, MIGRATIONS);
  await syncAccess(connection);
  await connection.end();
  return url.href;
}

/** The real API and worker, on a real port, with a database, a part of Redis and an uploads folder of their own. */
export class Outdial {
  static async start(settings: Partial<Record<keyof Env, string>> = {}): Promise<Outdial> {
    const name = `test_${randomBytes(6).toString('hex')}`;
    const env = readEnv({
      NODE_ENV: 'test',
      DATABASE_URL: await freshDatabase(name),
      REDIS_URL: inject('redisUrl'),
      REDIS_PREFIX: name,
      AUTH_SECRET: randomBytes(32).toString('base64'),
      ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      SIP_EPHEMERAL_SECRET: randomBytes(32).toString('base64'),
      SIP_SWITCH_SECRET: randomBytes(32).toString('base64'),
      UPLOADS_DIR: await mkdtemp(join(tmpdir(), 'outdial-uploads-')),
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
      ...settings,
    });
    const logger = createLogger(env.LOG_LEVEL, 'api');
    const clock = new TestClock();
    const core = await createCore(env, logger, clock);
    const background = createBackground(core);
    background.start();
    const api = createApi(core);
    const server = createServer(createApp(api, env, logger));
    api.realtime.attach(server, env.CORS_ORIGINS);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Outdial(env, core, api, background, server, clock, createDb(env.DATABASE_URL, 2));
  }

  private constructor(
    readonly env: Env,
    readonly core: Core,
    readonly parts: Api,
    readonly background: ReturnType<typeof createBackground>,
    readonly server: Server,
    readonly clock: TestClock,
    readonly db: Db,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** A visitor without a session. */
  visitor() {
    return supertestAgent(this.server);
  }

  async organization(name = `Org ${uuidv7()}`): Promise<number> {
    const { id } = await this.db.organization.create({
      data: { name, slug: uuidv7(), rolePermissions: { create: defaultGrants() } },
    });
    return id;
  }

  /** A person who is signed in; agents get a phone. */
  async user(organizationId: number, role: Role, name = `${role} ${uuidv7().slice(-6)}`): Promise<TestUser> {
    const id = uuidv7();
    const email = `${id}@outdial.test`;
    const password = await passwordHasher.hash(PASSWORD);
    await this.db.user.create({
      data: {
        id,
        organizationId,
        email,
        name,
        roleKey: role,
        accounts: { create: { id: uuidv7(), accountId: id, providerId: 'credential', password } },
      },
    });
    const agentRow = role === 'agent' ? await this.#phone(organizationId, id) : null;
    const api = supertestAgent(this.server);
    await api.post('/api/auth/sign-in').send({ email, password: PASSWORD }).expect(200);
    const agentId = agentRow === null ? null : publicId('agent', agentRow);
    return { id, agentId, agentRow, email, organizationId, api };
  }

  /** What every migration does after its tables. */
  async syncAccess(): Promise<void> {
    const connection = await connect(this.env.DATABASE_URL);
    await syncAccess(connection);
    await connection.end();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await this.parts.realtime.close();
    await new Promise((resolve) => this.server.close(resolve));
    await this.background.close();
    await this.core.close();
    await this.db.$disconnect();
    await rm(this.env.UPLOADS_DIR, { recursive: true, force: true });
  }

  async #phone(organizationId: number, userId: string): Promise<number> {
    const extension = uniqueExtension();
    const { id } = await this.db.agentProfile.create({
      data: { organizationId, userId, extension, sipUsername: `sip-${userId}` },
    });
    return id;
  }
}

let lastExtension = 1000;
const uniqueExtension = () => String(++lastExtension);
