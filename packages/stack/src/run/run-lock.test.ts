import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RunLock } from './run-lock';

const stateDir = () => mkdtempSync(join(tmpdir(), 'outdial-lock-'));

it('is taken again after it was released', () => {
  const dir = stateDir();
  RunLock.take(dir).release();
  expect(() => RunLock.take(dir)).not.toThrow();
});

it('is taken from a run that was killed, even if its id is in use again', () => {
  const dir = stateDir();
  // Process 1 lives, but is no run of ours.
  writeFileSync(join(dir, 'outdial.pid'), '1\n');
  expect(() => RunLock.take(dir)).not.toThrow();
});
