import { randomUUID } from 'node:crypto';
import { cpus, loadavg, tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Stack, startStack } from '../src/index';
import { waitUntil } from '../src/wait';

/** Each part of the stack dies and freezes: the quick lines of docs/reliability.md. The apps are in apps/e2e. */

const said: string[] = [];
let stack: Stack;

beforeAll(async () => {
  const dir = `${tmpdir()}/outdial-faults-${randomUUID()}`;
  stack = await startStack({
    dir,
    profile: 'test',
    sipEphemeralSecret: 'unused',
    carrierAudio: { kind: 'tone', hz: 1000 },
    onLog: (line) => said.push(line),
  });
}, 60_000);
afterAll(() => stack.close());

const PARTS = {
  mariadb: () => stack.mariadb.pid,
  redis: () => stack.redis.pid,
  rtpengine: () => stack.rtpengine.pid,
  kamailio: () => stack.kamailio.pid,
  carrier: () => stack.carrier.pid,
};
const NAMES = Object.keys(PARTS) as (keyof typeof PARTS)[];

/** Ten seconds on a quiet machine. */
const limitMs = () => 10_000 * Math.max(1, (loadavg()[0] ?? 0) / cpus().length);

async function untilBack(name: keyof typeof PARTS, harm: (pid: number) => void): Promise<number> {
  const pid = PARTS[name]();
  if (pid === undefined) throw new Error(`${name} does not run.`);
  const times = () => said.filter((line) => line === `${name} is back`).length;
  const before = times();
  const since = performance.now();
  harm(pid);
  await waitUntil(() => times() > before, { timeoutMs: 60_000 });
  expect(PARTS[name]()).not.toBe(pid);
  return performance.now() - since;
}

it.each(NAMES)('brings %s back by itself after a kill -9', { timeout: 70_000 }, async (name) => {
  const others = NAMES.filter((other) => other !== name).map((other) => PARTS[other]());
  expect(await untilBack(name, (pid) => process.kill(pid, 'SIGKILL'))).toBeLessThan(limitMs());
  expect(NAMES.filter((other) => other !== name).map((other) => PARTS[other]())).toEqual(others);
});

it('brings each back by itself that is frozen with its children, also all at once', {
  timeout: 70_000,
}, async () => {
  const freeze = (pid: number) => process.kill(-pid, 'SIGSTOP');
  const times = await Promise.all(NAMES.map((name) => untilBack(name, freeze)));
  expect(Math.max(...times)).toBeLessThan(limitMs());
});
