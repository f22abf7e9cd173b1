/** `npm run bench -- realtime`: a fact on its way from the commit to the pages, beside bare socket.io. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { summarize } from '@outdial/stack/bench/figures';
import type { Report } from '@outdial/stack/bench/report';
import socketIo from 'socket.io/package.json' with { type: 'json' };
import { v7 as uuidv7 } from 'uuid';
import { readEnv } from '../src/config/env';
import { createLogger } from '../src/config/logger';
import { type Core, createCore } from '../src/container';
import { outboxRow } from '../src/work/draft';
import { startEngines } from './engines';
import { openPages, openPlain, type Person, signedIn } from './realtime/crowd';
import { Measured } from './realtime/measured';
import { steadily } from './realtime/serve';

const PEOPLE = { manager: 20, agent: 200 } as const;
const PER_SECOND = 100;
const FACTS = 400;
/** Before those that count: code is compiled, connections are open. */
const WARM_UP = 100;
const ROUNDS = 2;
/** How long the processes are watched doing nothing, in ms. */
const IDLE_MS = 3_000;
/** How long the last messages may take, in ms. */
const LATE_MS = 5_000;

const METHOD = `
${PEOPLE.manager} managers' and ${PEOPLE.agent} agents' sockets on loopback; ${PER_SECOND} calls a second change for ${FACTS / PER_SECOND} s, ${ROUNDS} times each way in turn.
Every change is told to all managers and to its agent: ${PEOPLE.manager + 1} sockets. A run fails if one of them does not hear of one.

- **Bare socket.io**: a process that emits each fact at once, as a message of its own, to two rooms. It keeps nothing:
  its times are from emit to page.
- **Outdial**: facts are committed to the outbox by units of work, numbered by the relay of a worker process, published
  by Redis, and told by the gateway of an API process to those who may know; times are from commit to page. A commit's
  poke is gathered for 15 ms. The processor time is that of both processes, less what they take when nothing happens; the
  database's and Redis's are not in it.

Repeat with \`npm run bench -- realtime\` (one to two minutes).
`;

/** What one way took. */
class Tally {
  /** From commit or emit to page, in ms. */
  readonly times: number[] = [];
  /** Processor time of each process, in ms. */
  readonly cpu: number[] = [];

  get allCpu(): number {
    return this.cpu.reduce((sum, ms) => sum + ms, 0);
  }

  row(name: string, facts: number): string[] {
    const { median, p95 } = summarize(this.times);
    return [name, String(facts), median.toFixed(1), p95.toFixed(1), (this.allCpu / facts).toFixed(2)];
  }
}

async function waitFor(what: string, isDone: () => boolean): Promise<void> {
  const end = performance.now() + LATE_MS;
  while (!isDone()) {
    if (performance.now() > end) throw new Error(`${what} did not arrive within ${LATE_MS} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const now = (): number => performance.timeOrigin + performance.now();

/** The product's processes and the pages of everyone. */
class Outdial {
  readonly #committed = new Map<string, number>();
  #heard: { callId: string; at: number }[] = [];

  constructor(
    private readonly core: Core,
    private readonly organizationId: number,
    private readonly agents: readonly Person[],
    private readonly processes: readonly Measured[],
  ) {}

  readonly hear = (callId: string): void => void this.#heard.push({ callId, at: now() });

  cpu(): Promise<number[]> {
    return Promise.all(this.processes.map((one) => one.cpu()));
  }

  /** @returns from commit to page, in ms */
  async send(facts: number): Promise<number[]> {
    this.#heard = [];
    const writes: Promise<void>[] = [];
    await steadily(facts, PER_SECOND, (index) => writes.push(this.#change(index)));
    await Promise.all(writes);
    await waitFor('A fact', () => this.#heard.length >= facts * (PEOPLE.manager + 1));
    return this.#heard.map(({ callId, at }) => at - (this.#committed.get(callId) ?? Number.NaN));
  }

  async #change(index: number): Promise<void> {
    const { userId } = this.agents[index % this.agents.length] as Person;
    const callId = uuidv7();
    const actor = { kind: 'system', name: 'bench', organizationId: this.organizationId } as const;
    await this.core.units.quick(actor, [], [outboxRow('call.changed', { userId }, { callId })]);
    this.#committed.set(callId, now());
  }
}

/** The process that only tells. */
class Bare {
  #times: number[] = [];

  constructor(
    private readonly process: Measured,
    private readonly agents: readonly Person[],
  ) {}

  readonly hear = (at: number): void => void this.#times.push(now() - at);

  async cpu(): Promise<number[]> {
    return [await this.process.cpu()];
  }

  async send(facts: number): Promise<number[]> {
    this.#times = [];
    const people = this.agents.map(({ userId }) => userId);
    await this.process.ask({ kind: 'send', facts, perSecond: PER_SECOND, people });
    await waitFor('A message', () => this.#times.length >= facts * (PEOPLE.manager + 1));
    return this.#times;
  }
}

/** Both take turns. The processor time of a pause is taken off that of each. */
async function compare(ways: readonly (Bare | Outdial)[]): Promise<Tally[]> {
  const tallies = ways.map(() => new Tally());
  for (const way of ways) await way.send(WARM_UP);
  const idle = await Promise.all(ways.map((way) => way.cpu()));
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const rested = await Promise.all(ways.map((way) => way.cpu()));
  for (let round = 0; round < ROUNDS; round++)
    for (const [index, way] of ways.entries()) {
      const [tally, began, before] = [tallies[index] as Tally, performance.now(), await way.cpu()];
      tally.times.push(...(await way.send(FACTS)));
      const pauses = (performance.now() - began) / IDLE_MS;
      for (const [at, ms] of (await way.cpu()).entries()) {
        const nothing = ((rested[index]?.[at] ?? 0) - (idle[index]?.[at] ?? 0)) * pauses;
        tally.cpu[at] = (tally.cpu[at] ?? 0) + ms - (before[at] ?? 0) - nothing;
      }
      console.log(`  round ${round + 1} of ${ROUNDS}: ${way.constructor.name}`);
    }
  return tallies;
}

function settings(databaseUrl: string, redisUrl: string, dir: string): Record<string, string> {
  const secret = () => randomBytes(32).toString('base64');
  return {
    ...{
      NODE_ENV: 'test',
      LOG_LEVEL: 'warn',
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      REDIS_PREFIX: 'bench',
    },
    ...{ AUTH_SECRET: secret(), ENCRYPTION_KEY: secret() },
    ...{ SIP_EPHEMERAL_SECRET: secret(), SIP_SWITCH_SECRET: secret() },
    UPLOADS_DIR: join(dir, 'uploads'),
  };
}

async function rows(env: Record<string, string>, closing: (() => unknown)[]): Promise<string[][]> {
  const start = async (script: string) => {
    const started = await Measured.start(new URL(`./realtime/${script}.process.ts`, import.meta.url), env);
    closing.push(() => started.measured.close());
    return started;
  };
  const core = await createCore(readEnv(env), createLogger('warn', 'task'));
  closing.push(() => core.close());
  const [api, worker, plain] = await Promise.all(['api', 'worker', 'bare'].map(start));
  if (!api || !worker || !plain) throw new Error('A process is missing.');
  const { organizationId, people } = await signedIn(core, PEOPLE);
  console.log(`  ${people.length} people are signed in`);
  const agents = people.filter(({ role }) => role === 'agent');
  const outdial = new Outdial(core, organizationId, agents, [api.measured, worker.measured]);
  const bare = new Bare(plain.measured, agents);
  const sockets = [
    ...(await openPages(api.url, people, outdial.hear)),
    ...(await openPlain(plain.url, people, bare.hear)),
  ];
  closing.push(() => {
    for (const socket of sockets) socket.disconnect();
  });
  const [a, b] = (await compare([bare, outdial])) as [Tally, Tally];
  const all = FACTS * ROUNDS;
  const part = (name: string, cpu: number) => [
    name,
    '',
    '',
    '',
    (cpu / all).toFixed(2),
    (cpu / a.allCpu).toFixed(2),
  ];
  return [
    ['ms', 'facts', 'to page, median', 'p95', 'processor time a fact', 'ratio'],
    [...a.row('Bare socket.io, from emit', all), '1.00'],
    [...b.row('Outdial, from commit', all), (b.allCpu / a.allCpu).toFixed(2)],
    ...['gateway', 'relay'].map((name, at) => part(`of it the ${name}`, b.cpu[at] ?? 0)),
  ];
}

export async function measure(): Promise<Report> {
  const { stack, dir } = await startEngines(['database', 'redis']);
  const closing: (() => unknown)[] = [];
  try {
    const measured = await rows(settings(stack.databaseUrl, stack.redisUrl, dir), closing);
    const versions = { 'socket.io': socketIo.version };
    return { title: 'Telling the pages', rows: measured, method: METHOD, versions };
  } finally {
    for (const close of closing.reverse()) await close();
    await stack.close();
  }
}
