import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** How a suite came out. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** A command that is one check, or a test runner that writes its counts to a file. */
export interface Suite {
  readonly name: string;
  /** Folder to run in. */
  readonly cwd: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The runner's JSON report and how to read it; a command without one counts as a single check. */
  readonly report?: { readonly file: string; readonly read: (json: unknown) => Count };
}

interface VitestJson {
  numPassedTests: number;
  numFailedTests: number;
  numFailedTestSuites: number;
  numPendingTests: number;
  numTodoTests: number;
}

interface PlaywrightJson {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: unknown[];
}

/** Counts of Vitest's JSON reporter. A file that does not even load has no failed test, so it counts itself. */
export function readVitest(json: unknown): Count {
  const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests, numTodoTests } =
    json as VitestJson;
  const failed = numFailedTests > 0 ? numFailedTests : numFailedTestSuites;
  return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests };
}

/** Counts of Playwright's JSON reporter. A test that passed at a second try only has passed. */
export function readPlaywright(json: unknown): Count {
  const { stats, errors } = json as PlaywrightJson;
  const failed = stats.unexpected > 0 ? stats.unexpected : errors.length;
  return { passed: stats.expected + stats.flaky, failed, skipped: stats.skipped };
}

function run(suite: Suite): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(suite.command, suite.args, {
      cwd: suite.cwd,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...suite.env },
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Runs a suite. It has failed when its command did, whatever it counted. */
export async function runSuite(suite: Suite): Promise<Count> {
  console.log(`\n▸ ${suite.name}`);
  if (suite.report) rmSync(suite.report.file, { force: true });
  const code = await run(suite);
  if (!suite.report) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  if (!existsSync(suite.report.file)) return { passed: 0, failed: 1, skipped: 0 };
  const count = suite.report.read(JSON.parse(readFileSync(suite.report.file, 'utf8')));
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/** A workspace's Vitest tests; `project` when it keeps several kinds. */
export function vitestSuite(root: string, workspace: string, project?: string): Suite {
  const name = project ? `${workspace} ${project}` : workspace;
  const file = join(root, '.outdial/test', `${name.replace(/\W+/g, '-')}.json`);
  return {
    name,
    cwd: join(root, workspace),
    command: join(root, 'node_modules/.bin/vitest'),
    args: [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...(project ? [`--project=${project}`] : []),
    ],
    report: { file, read: readVitest },
  };
}
