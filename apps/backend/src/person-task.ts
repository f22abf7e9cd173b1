import { z } from 'zod';
import type { Bus } from './adapters/bus';
import { systemClock } from './adapters/clock';
import { RedisBus } from './adapters/redis-bus';
import { createLogger } from './config/logger';
import { createDb, type Db, Driver } from './db/client';
import { AppError, notFound } from './errors/app-error';
import { slugOf } from './services/identity/organizations.service';
import { UserAccountsService } from './services/identity/user-accounts.service';
import type { SystemActor } from './work/actor';
import { Units } from './work/units';

/** How long a Redis that was named may take to be reached, in ms. */
const REDIS_MS = 3_000;

/** What whoever runs the installation does to people, from a command line. */
export interface PersonTask {
  readonly accounts: UserAccountsService;
  /** @throws AppError `not-found` */
  organization(name: string): Promise<SystemActor>;
  /** @throws AppError `not-found` */
  person(email: string): Promise<{ actor: SystemActor; id: string; name: string }>;
}

/**
 * Runs a task and ends the process: 1 for what was refused, in words. Where `REDIS_URL` is set, open pages are told at
 * once; otherwise they notice within a minute.
 */
export function runPersonTask(work: (task: PersonTask) => Promise<string>): void {
  perform(work).then(
    (words) => console.log(words),
    (error: unknown) => {
      console.error(error instanceof AppError || error instanceof z.ZodError ? messageOf(error) : error);
      process.exitCode = 1;
    },
  );
}

async function perform(work: (task: PersonTask) => Promise<string>): Promise<string> {
  const { DATABASE_URL, REDIS_URL, REDIS_PREFIX = 'outdial' } = process.env;
  if (!DATABASE_URL) throw new AppError('validation', 'DATABASE_URL is missing: say which database to use.');
  const logger = createLogger('warn', 'task');
  const db = createDb(DATABASE_URL, 1);
  const driver = new Driver(DATABASE_URL, 1);
  const redis = REDIS_URL ? new RedisBus(REDIS_URL, REDIS_PREFIX, logger) : null;
  const bus = redis ?? NOBODY;
  try {
    await redis?.reached(REDIS_MS);
    // The relay looks by itself.
    const units = new Units(db, driver, systemClock, { now: () => undefined }, logger);
    return await work(taskOf(db, new UserAccountsService(db, units, bus)));
  } finally {
    await bus.close();
    await driver.close();
    await db.$disconnect();
  }
}

/** For an installation whose Redis was not named. */
const NOBODY: Bus = {
  publish: () => undefined,
  on: () => () => undefined,
  isConnected: false,
  close: () => Promise.resolve(),
};

function taskOf(db: Db, accounts: UserAccountsService): PersonTask {
  const actorOf = (organizationId: number): SystemActor => ({
    kind: 'system',
    name: 'command line',
    organizationId,
  });
  return {
    accounts,
    organization: async (name) => {
      const organization = await db.organization.findUnique({ where: { slug: slugOf(name) } });
      if (!organization) throw notFound(`The organization ${name}`);
      return actorOf(organization.id);
    },
    person: async (email) => {
      const user = await db.user.findUnique({ where: { email: email.toLowerCase() } });
      if (!user) throw notFound(`The person with the email ${email}`);
      return { actor: actorOf(user.organizationId), id: user.id, name: user.name };
    },
  };
}

const messageOf = (error: AppError | z.ZodError): string =>
  error instanceof z.ZodError ? (error.issues[0]?.message ?? '') : error.message;
