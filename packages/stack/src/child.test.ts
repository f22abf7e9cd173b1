import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../test/temporary-folder';
import { Child, describeExit } from './child';
import { endStaleProcesses } from './stale';
import { waitUntil } from './wait';

function spawn(script: string, stopTimeoutMs = 1000) {
  const dir = temporaryFolder();
  const logFile = join(dir, 'child.log');
  const args = ['-e', script];
  const child = new Child({
    name: 'child',
    command: process.execPath,
    args,
    logFile,
    ownerDir: dir,
    stopTimeoutMs,
  });
  return { child, dir, log: () => readFileSync(logFile, 'utf8') };
}

it('says how a process ended', async () => {
  const { child } = spawn('process.exit(3)');
  expect(describeExit(await child.exited)).toBe('exited with code 3');
});

it('kills what does not obey', async () => {
  const { child, log } = spawn(
    "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)",
    100,
  );
  await waitUntil(() => log().includes('up'), { timeoutMs: 5000 });
  await child.stop();
  expect(describeExit(await child.exited)).toBe('was ended by SIGKILL');
});

it('finds what an earlier run of the same folder left behind, and nothing else', async () => {
  const mine = spawn('setInterval(() => {}, 1000)');
  const other = spawn('setInterval(() => {}, 1000)');
  expect(await endStaleProcesses(mine.dir)).toEqual(['node']);
  await mine.child.exited;
  expect(other.child.exit).toBeUndefined();
  await other.child.stop();
});
