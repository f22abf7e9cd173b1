import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readPlaywright, readVitest, runSuite } from './suite';

const folder = mkdtempSync(join(tmpdir(), 'outdial-suite-'));
afterAll(() => rmSync(folder, { recursive: true }));

const counts = {
  numPassedTests: 3,
  numFailedTests: 0,
  numFailedTestSuites: 0,
  numPendingTests: 1,
  numTodoTests: 0,
};

const node = (script: string) => ({
  name: 'suite',
  cwd: folder,
  command: process.execPath,
  args: ['-e', script],
});

describe('counting', () => {
  it('counts a test file that does not load as a failure', () => {
    expect(readVitest(counts)).toEqual({ passed: 3, failed: 0, skipped: 1 });
    expect(readVitest({ ...counts, numFailedTestSuites: 1 })).toMatchObject({ failed: 1 });
  });

  it('counts an end-to-end run that could not begin as a failure', () => {
    const stats = { expected: 2, unexpected: 0, flaky: 1, skipped: 0 };
    expect(readPlaywright({ stats, errors: [] })).toEqual({ passed: 3, failed: 0, skipped: 0 });
    expect(readPlaywright({ stats, errors: ['no browser'] })).toMatchObject({ failed: 1 });
  });
});

describe('running', () => {
  it('takes a command for one check', async () => {
    expect(await runSuite(node('process.exit(0)'))).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(await runSuite(node('process.exit(3)'))).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('fails a runner that exits badly although all it counted passed, and one that wrote nothing', async () => {
    const file = join(folder, 'report.json');
    const report = { file, read: readVitest };
    const write = `require('fs').writeFileSync(${JSON.stringify(file)}, ${JSON.stringify(JSON.stringify(counts))})`;
    expect(await runSuite({ ...node(`${write}; process.exit(1)`), report })).toMatchObject({
      passed: 3,
      failed: 1,
    });
    writeFileSync(file, JSON.stringify(counts));
    expect(await runSuite({ ...node(''), report })).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});
