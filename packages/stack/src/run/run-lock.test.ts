import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder';
import { RunLock } from './run-lock';

it('is taken again after it was released', () => {
  const dir = temporaryFolder();
  RunLock.take(dir).release();
  expect(() => RunLock.take(dir)).not.toThrow();
});

it('is taken from a run that was killed, even if its id is in use again', () => {
  const dir = temporaryFolder();
  // Process 1 lives, but is no run of ours.
  writeFileSync(join(dir, 'outdial.pid'), '1\n');
  expect(() => RunLock.take(dir)).not.toThrow();
});
