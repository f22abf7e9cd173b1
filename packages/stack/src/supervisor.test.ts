import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../test/temporary-folder';
import { Child } from './child';
import { RestartPolicy } from './restart-policy';
import { Supervisor, type SupervisorOptions } from './supervisor';
import { waitUntil } from './wait';

interface Circumstances {
  readonly ready?: SupervisorOptions['ready'];
  readonly probe?: SupervisorOptions['probe'];
}

const IDLE = 'setInterval(() => {}, 1000)';
const LIVENESS = { tickMs: 50, patienceMs: 400 };

async function supervise(script: string, { ready, probe }: Circumstances = {}) {
  const ownerDir = temporaryFolder();
  const logFile = join(ownerDir, 'app.log');
  const said: string[] = [];
  const args = ['-e', script];
  const supervisor = await Supervisor.start({
    name: 'app',
    logFile,
    spawn: () => new Child({ name: 'app', command: process.execPath, args, logFile, ownerDir }),
    ready: ready ?? (async () => true),
    probe: probe ?? (async () => true),
    policy: new RestartPolicy(10),
    liveness: LIVENESS,
    onLog: (line) => said.push(line.replace(/ See .*/, '')),
  });
  onTestFinished(() => supervisor.stop());
  return { supervisor, said };
}

it('starts again what was killed, and says so', async () => {
  const { supervisor, said } = await supervise(IDLE);
  const { pid } = supervisor;
  process.kill(Number(pid), 'SIGKILL');
  await waitUntil(() => said.length === 2, { timeoutMs: 3000 });
  expect(said).toEqual(['app was ended by SIGKILL; starting it again.', 'app is back']);
  expect(supervisor.pid).not.toBe(pid);
});

it('does not start again what was told to stop', async () => {
  const { supervisor, said } = await supervise(IDLE);
  await supervisor.stop();
  expect(supervisor.pid).toBeUndefined();
  expect(said).toEqual([]);
});

it('tries on for ever, and says when it is no accident', async () => {
  const { said } = await supervise('process.exit(3)');
  await waitUntil(() => said.filter((line) => line === 'app is back').length > 5, { timeoutMs: 4000 });
  expect(said).toContain('app exited with code 3, 5 times in a row; starting it again.');
});

it('counts a start that fails as a death', async () => {
  let starts = 0;
  const ready = async () => {
    starts += 1;
    return starts !== 2;
  };
  const { supervisor, said } = await supervise(IDLE, { ready });
  process.kill(Number(supervisor.pid), 'SIGKILL');
  await waitUntil(() => said.includes('app is back'), { timeoutMs: 4000 });
  expect(said).toEqual([
    'app was ended by SIGKILL; starting it again.',
    'app did not become ready; starting it again.',
    'app is back',
  ]);
});

it('ends what runs but does not answer, and starts it again', async () => {
  let answers = true;
  const { supervisor, said } = await supervise(IDLE, { probe: async () => answers });
  const { pid } = supervisor;
  answers = false;
  await waitUntil(() => said.includes('app is back'), { timeoutMs: 4000 });
  answers = true;
  expect(said).toEqual([
    'app runs but does not answer; ending it',
    'app was ended by SIGKILL; starting it again.',
    'app is back',
  ]);
  expect(supervisor.pid).not.toBe(pid);
});

it('leaves alone what stops in its own time, however mute', async () => {
  const { supervisor, said } = await supervise(
    "process.on('SIGTERM', () => setTimeout(() => process.exit(0), 1000)); setInterval(() => {}, 1000); console.log('up')",
    {
      probe: async () => false,
      ready: (child) => waitUntil(() => child.exit === undefined, { timeoutMs: 1000 }),
    },
  );
  await supervisor.stop();
  expect(said).toEqual([]);
});

it('stops at once what is frozen', async () => {
  const { supervisor } = await supervise(IDLE);
  process.kill(Number(supervisor.pid), 'SIGSTOP');
  const before = performance.now();
  await supervisor.stop();
  expect(performance.now() - before).toBeLessThan(3000);
});
