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
import { type Env, readEnv } from '../../src/config/env';
import { createLogger } from '../../src/config/logger';
import { type Container, createContainer } from '../../src/container';
import { createDb, type Db } from '../../src/db/client';

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
  readonly agentId: string | null;
  readonly email: string;
  readonly organizationId: string;
  readonly api: ReturnType<typeof supertestAgent>;
}

/** The real application on a real port and the real database, with its own uploads folder. */
export class Outdial {
  static async start(settings: Partial<Record<keyof Env, string>> = {}): Promise<Outdial> {
    const uploads = await mkdtemp(join(tmpdir(), 'outdial-uploads-'));
    const env = readEnv({
      NODE_ENV: 'test',
      DATABASE_URL: inject('databaseUrl'),
      AUTH_SECRET: randomBytes(32).toString('base64'),
      ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      SIP_EPHEMERAL_SECRET: randomBytes(32).toString('base64'),
      UPLOADS_DIR: uploads,
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
      ...settings,
    });
    const logger = createLogger(env.LOG_LEVEL);
    const clock = new TestClock();
    const container = await createContainer(env, logger, clock);
    const server = createServer(createApp(container, env, logger));
    container.realtime.attach(server, container.auth, env.CORS_ORIGINS);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Outdial(env, container, server, clock, createDb(env.DATABASE_URL, 2));
  }

  private constructor(
    readonly env: Env,
    readonly container: Container,
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

  async organization(name = `Org ${uuidv7()}`): Promise<string> {
    const id = uuidv7();
    await this.db.organization.create({ data: { id, name, slug: id, settings: { create: {} } } });
    return id;
  }

  /** A person who is signed in; agents and, like them, superadmins of the tests get a phone. */
  async user(organizationId: string, role: Role, name = `${role} ${uuidv7().slice(-6)}`): Promise<TestUser> {
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
    const agentId = role === 'agent' ? uuidv7() : null;
    if (agentId)
      await this.db.agentProfile.create({
        data: {
          id: agentId,
          organizationId,
          userId: id,
          extension: uniqueExtension(),
          sipUsername: `sip-${agentId}`,
        },
      });
    const api = supertestAgent(this.server);
    await api.post('/api/auth/sign-in').send({ email, password: PASSWORD }).expect(200);
    return { id, agentId, email, organizationId, api };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.container.close();
    await this.db.$disconnect();
    await rm(this.env.UPLOADS_DIR, { recursive: true, force: true });
  }
}

let lastExtension = 1000;
const uniqueExtension = () => String(++lastExtension);
