import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { Liveness } from './liveness';
import { freeTcpPort } from './ports';
import { isStopped } from './process-state';
import { waitUntil } from './wait';

const PATIENCE_MS = 400;

/** Answers on a port; what is sent to `/block` keeps it busy for so many ms. */
const SERVER = `require('http').createServer((request, response) => {
  const [, blockMs] = request.url.split('/block/');
  for (const until = Date.now() + Number(blockMs ?? 0); Date.now() < until;);
  response.end('ok');
}).listen(Number(process.argv[1]), '127.0.0.1', () => console.log('up'));`;

function run(...[program = '', ...args]: readonly string[]): ChildProcess {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** A process that answers, and the watch over it. */
async function watched(...prefix: readonly string[]) {
  const port = await freeTcpPort();
  const child = run(...prefix, process.execPath, '-e', SERVER, String(port));
  if (child.stdout) await once(child.stdout, 'data');
  const url = `http://127.0.0.1:${port}/`;
  const told: number[] = [];
  const answers: number[] = [];
  const liveness = new Liveness({
    pid: Number(child.pid),
    probe: async (signal) => {
      const { ok } = await fetch(url, { signal });
      answers.push(performance.now());
      return ok;
    },
    onMute: () => told.push(performance.now()),
    tickMs: 50,
    patienceMs: PATIENCE_MS,
  });
  onTestFinished(() => liveness.close());
  await waitUntil(() => answers.length > 2, { timeoutMs: 10_000 });
  return { child, told, answers, url };
}

it('finds a frozen process mute, once', async () => {
  const { child, told } = await watched();
  const before = performance.now();
  child.kill('SIGSTOP');
  await waitUntil(() => told.length > 0, { timeoutMs: 10_000 });
  expect((told[0] ?? 0) - before).toBeGreaterThanOrEqual(PATIENCE_MS - 50);
  await delay(3 * PATIENCE_MS);
  expect(told).toHaveLength(1);
});

it('finds a process mute whose event loop hangs', async () => {
  const { told, url } = await watched();
  fetch(`${url}block/60000`).catch(() => undefined);
  await waitUntil(() => told.length > 0, { timeoutMs: 20_000 });
  expect(told).toHaveLength(1);
});

it('finds one mute that answers while a child of its own is frozen', async () => {
  const parent = run(
    process.execPath,
    '-e',
    "console.log(require('child_process').spawn('sleep', ['60']).pid)",
  );
  const pid = Number(parent.pid);
  const [line] = parent.stdout ? await once(parent.stdout, 'data') : [];
  const sleeper = Number(String(line));
  onTestFinished(() => void process.kill(sleeper, 'SIGKILL'));
  expect(isStopped(pid)).toBe(false);
  process.kill(sleeper, 'SIGSTOP');
  await waitUntil(() => isStopped(pid), { timeoutMs: 2000 });
  let told = 0;
  const liveness = new Liveness({
    pid,
    probe: async () => true,
    onMute: () => {
      told += 1;
    },
    tickMs: 50,
    patienceMs: PATIENCE_MS,
  });
  onTestFinished(() => liveness.close());
  expect(await waitUntil(() => told === 1, { timeoutMs: 5000 })).toBe(true);
});

it('has patience with a process that gets no processor, and hears its late answer', {
  timeout: 30_000,
}, async () => {
  // The idle class runs when nobody else wants the processor; the hog always does.
  const { child, told, answers } = await watched('taskset', '-c', '0', 'chrt', '--idle', '0');
  const hog = run('taskset', '-c', '0', process.execPath, '-e', 'for (;;);');
  const longestSilence = () =>
    Math.max(...answers.map((at, index) => (answers[index + 1] ?? performance.now()) - at));
  await waitUntil(() => longestSilence() > 2 * PATIENCE_MS, { timeoutMs: 8000 });
  hog.kill('SIGKILL');
  execFileSync('chrt', ['--all-tasks', '--other', '--pid', '0', String(child.pid)]);
  const before = answers.length;
  expect(await waitUntil(() => answers.length > before + 2, { timeoutMs: 10_000 })).toBe(true);
  expect(longestSilence()).toBeGreaterThan(2 * PATIENCE_MS);
  expect(told).toEqual([]);
});

it('counts anew after it was stopped itself, as a suspended machine stops everybody', async () => {
  const { child, told, answers } = await watched();
  child.kill('SIGSTOP');
  await delay(PATIENCE_MS / 3);
  execFileSync('sleep', [String((3 * PATIENCE_MS) / 1000)]);
  child.kill('SIGCONT');
  const before = answers.length;
  await waitUntil(() => answers.length > before + 2, { timeoutMs: 5000 });
  expect(told).toEqual([]);
});
