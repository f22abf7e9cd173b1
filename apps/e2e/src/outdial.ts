import { randomUUID } from 'node:crypto';
import { type ApiClient, createClient, endpoints, type Role } from '@outdial/contracts';
import { seedHistory } from '../../../prisma/seed/history';
import { DEMO_PASSWORD } from '../../../prisma/seed/people';
import { LocalFileStorage } from '../../backend/src/adapters/local-file-storage';
import { passwordHasher } from '../../backend/src/adapters/password';
import { createDb, type Db } from '../../backend/src/db/client';
import { publicId, rowId } from '../../backend/src/db/public-ids';
import { defaultGrants } from '../../backend/src/services/identity/organizations.service';
import { currentRun, type Run } from './run';

export const PASSWORD = DEMO_PASSWORD;

export interface Person {
  readonly id: string;
  /** Null for people without a phone. */
  readonly agentId: string | null;
  readonly organizationId: number;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

/** A sign-in outside the browser: the same API with the same cookie. */
export interface Session {
  readonly cookie: { readonly name: string; readonly value: string };
  readonly api: ApiClient;
  /** For answers that are files. */
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>;
}

/** The running product as the tests use it: makes organizations and people, and talks to its API. */
export class Outdial {
  readonly #db: Db;
  #password: Promise<string> | undefined;
  #extension = 2000;

  constructor(readonly run: Run = currentRun()) {
    this.#db = createDb(run.databaseUrl, 2);
  }

  /** Organizations are cheap: a test that has its own cannot be disturbed. */
  async organization(name: string): Promise<number> {
    const { id } = await this.#db.organization.create({
      data: { name, slug: randomUUID(), rolePermissions: { create: defaultGrants() } },
    });
    return id;
  }

  async person(organizationId: number, role: Role, name: string): Promise<Person> {
    this.#password ??= passwordHasher.hash(PASSWORD);
    const password = await this.#password;
    const id = randomUUID();
    const email = `${role}-${id.slice(0, 8)}@e2e.test`;
    const accounts = { create: { id: randomUUID(), accountId: id, providerId: 'credential', password } };
    await this.#db.user.create({ data: { id, organizationId, email, name, roleKey: role, accounts } });
    const agentId = role === 'agent' ? await this.#phone(organizationId, id) : null;
    return { id, agentId, organizationId, email, name, role };
  }

  /** A fortnight of calls, without recordings. */
  async history({ id: userId, agentId, organizationId, name }: Person): Promise<void> {
    if (!agentId) throw new Error(`${name} has no phone.`);
    const storage = await LocalFileStorage.create(this.run.uploadsDir);
    const { id: teamId } = await this.#db.team.create({ data: { organizationId, name: randomUUID() } });
    const agent = {
      organizationId,
      organizationSlug: String(organizationId),
      userId,
      agentId: rowId('agent', agentId),
      teamId,
      firstName: name,
    };
    await seedHistory(this.#db, storage, [agent]);
  }

  /** What pages had to be told, in the order of its numbers; null for what has none yet. */
  async facts(organizationId: number): Promise<{ seq: number | null; name: string }[]> {
    const facts = await this.#db.outbox.findMany({ where: { organizationId }, orderBy: { seq: 'asc' } });
    return facts.map(({ seq, name }) => ({ seq: seq === null ? null : Number(seq), name }));
  }

  async #phone(organizationId: number, userId: string): Promise<string> {
    const extension = String(++this.#extension);
    const sipUsername = `e2e-${userId.slice(0, 8)}`;
    const { id } = await this.#db.agentProfile.create({
      data: { organizationId, userId, extension, sipUsername },
    });
    return publicId('agent', id);
  }

  async signIn({ email }: Pick<Person, 'email'>): Promise<Session> {
    const { webUrl } = this.run;
    const response = await fetch(`${webUrl}/api/auth/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: PASSWORD }),
    });
    const [pair] = response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '');
    const equals = pair?.indexOf('=') ?? -1;
    if (!response.ok || !pair || equals < 0) throw new Error(`Sign-in of ${email}: ${response.status}`);
    const headers = { cookie: pair };
    return {
      cookie: { name: pair.slice(0, equals), value: pair.slice(equals + 1) },
      api: createClient({ baseUrl: `${webUrl}/api`, headers }),
      fetch: (path, init) =>
        fetch(`${webUrl}${path}`, { ...init, headers: { ...headers, ...init?.headers } }),
    };
  }

  async close(): Promise<void> {
    await this.#db.$disconnect();
  }
}

export { endpoints };
