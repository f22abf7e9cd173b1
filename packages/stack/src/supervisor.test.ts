import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../test/temporary-folder';
import { Child } from './child';
import { RestartPolicy } from './restart-policy';
import { Supervisor, type SupervisorOptions } from './supervisor';
import { waitUntil } from './wait';

async function supervise(
  script: string,
  onDeath: SupervisorOptions['onDeath'],
  ready: SupervisorOptions['ready'] = async () => true,
) {
  const ownerDir = temporaryFolder();
  const logFile = join(ownerDir, 'app.log');
  const said: string[] = [];
  const fatal: string[] = [];
  const args = ['-e', script];
  const supervisor = await Supervisor.start({
    name: 'app',
    logFile,
    spawn: () => new Child({ name: 'app', command: process.execPath, args, logFile, ownerDir }),
    ready,
    onDeath,
    policy: new RestartPolicy(10),
    onLog: (line) => said.push(line),
    onFatal: (reason) => fatal.push(reason),
  });
  onTestFinished(() => supervisor.stop());
  return { supervisor, said, fatal };
}

it('starts again what was killed, and says so', async () => {
  const { supervisor, said, fatal } = await supervise('setInterval(() => {}, 1000)', 'restart-or-fail');
  const { pid } = supervisor;
  process.kill(Number(pid), 'SIGKILL');
  await waitUntil(() => said.length === 2, { timeoutMs: 3000 });
  expect(said[0]).toMatch(/^app was ended by SIGKILL; starting it again\. See .*app\.log$/);
  expect(said[1]).toBe('app is back');
  expect(supervisor.pid).not.toBe(pid);
  expect(fatal).toEqual([]);
});

it('does not start again what was told to stop', async () => {
  const { supervisor, said } = await supervise('setInterval(() => {}, 1000)', 'restart-or-fail');
  await supervisor.stop();
  expect(supervisor.pid).toBeUndefined();
  expect(said).toEqual([]);
});

it('gives up what cannot live, once and with its reason', async () => {
  const { said, fatal } = await supervise('process.exit(3)', 'restart-or-fail');
  await waitUntil(() => fatal.length > 0, { timeoutMs: 4000 });
  expect(fatal).toEqual(['app died 5 times within a minute']);
  expect(said.at(-1)).toMatch(/^app exited with code 3, 5 times within a minute/);
});

it('tries on for ever with what the rest can do without', async () => {
  const { said, fatal } = await supervise('process.exit(3)', 'restart');
  await waitUntil(() => said.filter((line) => line === 'app is back').length > 5, { timeoutMs: 4000 });
  expect(fatal).toEqual([]);
});

it('counts a start that fails as a death', async () => {
  let starts = 0;
  const { supervisor, said } = await supervise('setInterval(() => {}, 1000)', 'restart-or-fail', async () => {
    starts += 1;
    return starts !== 2;
  });
  process.kill(Number(supervisor.pid), 'SIGKILL');
  await waitUntil(() => said.includes('app is back'), { timeoutMs: 4000 });
  expect(said.map((line) => line.replace(/ See .*/, ''))).toEqual([
    'app was ended by SIGKILL; starting it again.',
    'app did not become ready; starting it again.',
    'app is back',
  ]);
});
