/** `npm run test:load`: an office at work, from sign-in to the records of its calls. */
import { mkdir, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Report } from '@outdial/stack/bench/report';
import { Outdial } from '../src/outdial';
import { Product } from '../src/product';
import { publishRun, runDir } from '../src/run';
import { LoadAgent } from './load/agent';
import { busySince, Stopwatch } from './load/stopwatch';

export interface Load {
  readonly agents: number;
  readonly callsPerSecond: number;
  readonly seconds: number;
}

export interface Outcome {
  readonly report: Report;
  /** Why calls failed, one each. */
  readonly failures: readonly string[];
  /** Of all API requests of the calls, in ms. */
  readonly p95: number;
}

/** The API's part of a call. */
const REQUESTS = ['POST /calls', 'PATCH /calls/:id', 'POST /cdr/upload'];

/** Password hashes that are computed at a time; each takes a core for a while. */
const SIGN_INS = 4;

/** Answers and talks, at the simulated carrier. */
const numberOf = (n: number) => `+1202555${String(n % 1_000).padStart(3, '0')}8`;

async function openAgents(outdial: Outdial, count: number, watch: Stopwatch): Promise<LoadAgent[]> {
  const organizationId = await outdial.organization('Load');
  const agents: LoadAgent[] = [];
  while (agents.length < count) {
    const some = Array.from({ length: Math.min(SIGN_INS, count - agents.length) }, async (_, n) => {
      const person = await outdial.person(organizationId, 'agent', `Agent ${agents.length + n}`);
      return LoadAgent.open(outdial, person, watch);
    });
    agents.push(...(await Promise.all(some)));
  }
  return agents;
}

/** Begins a call at each tick, of whoever is free, whether those before are over or not. */
async function callThrough(agents: readonly LoadAgent[], { callsPerSecond, seconds }: Load) {
  const free = [...agents];
  const failures: string[] = [];
  const calls: Promise<void>[] = [];
  const begun = performance.now();
  for (let n = 0; n < callsPerSecond * seconds; n++) {
    await sleep(Math.max(0, begun + (n * 1_000) / callsPerSecond - performance.now()));
    const agent = free.shift();
    if (!agent) {
      failures.push('All agents were in calls.');
      continue;
    }
    calls.push(
      agent
        .call(numberOf(n))
        .catch((error: unknown) => void failures.push(String(error)))
        .finally(() => free.push(agent)),
    );
  }
  await Promise.all(calls);
  return failures;
}

export async function measureLoad(load: Load): Promise<Outcome> {
  await mkdir(runDir(), { recursive: true });
  const product = await Product.start(runDir());
  publishRun(product.run);
  const outdial = new Outdial();
  const watch = new Stopwatch();
  try {
    const agents = await openAgents(outdial, load.agents, watch);
    const busy = busySince();
    const failures = await callThrough(agents, load);
    const share = busy();
    for (const agent of agents) agent.close();
    return { report: reportOf(load, watch, failures, share), failures, p95: watch.p95Of(REQUESTS) };
  } finally {
    await outdial.close();
    await product.close();
    await rm(runDir(), { recursive: true, force: true });
  }
}

function reportOf(
  { agents, callsPerSecond, seconds }: Load,
  watch: Stopwatch,
  failures: readonly string[],
  busy: number,
): Report {
  return {
    title: `${agents} agents, ${callsPerSecond} calls a second for ${seconds} s`,
    rows: [['ms', 'count', 'median', 'p95'], ...watch.rows],
    method: `
${agents} agents signed in over HTTP, their phones registered through \`/sip\`; ${callsPerSecond} calls a second, each claimed, answered, talked on for a second,
hung up and filed. **${failures.length} of ${callsPerSecond * seconds} calls failed**; the machine was ${Math.round(busy * 100)} % busy, the callers themselves
and the simulated carrier among what kept it so. All requests go through the page's server.

Repeat with \`npm run test:load\` (about three minutes).
`,
    versions: {},
  };
}
