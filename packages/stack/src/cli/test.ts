import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from '../run/build';
import { say } from '../run/console';
import { ROOT, STATE_DIR } from '../run/settings';
import { type Count, readPlaywright, runSuite, type Suite, vitestSuite } from '../run/suite';
import { ensureSystemPackages, REQUIREMENTS, SetupError } from '../system-packages';

/** `npm test`: every check and test on a fresh clone; arguments name the suites to run instead of all. */

const bin = (name: string) => join(ROOT, 'node_modules/.bin', name);

const check = (name: string, command: string, ...args: string[]): Suite => ({
  name,
  cwd: ROOT,
  command: bin(command),
  args,
});

const e2eReport = join(STATE_DIR, 'test/e2e.json');

const SUITES: readonly Suite[] = [
  check('lint', 'biome', 'check', '--error-on-warnings', '.'),
  check('layers', 'tsx', 'packages/config/layers/main.ts'),
  check('dead code', 'knip', '--no-progress'),
  check('types', 'turbo', 'run', 'types', '--output-logs=errors-only'),
  vitestSuite(ROOT, 'packages/config'),
  vitestSuite(ROOT, 'packages/contracts'),
  vitestSuite(ROOT, 'packages/http'),
  vitestSuite(ROOT, 'packages/sheets'),
  vitestSuite(ROOT, 'packages/telephony'),
  vitestSuite(ROOT, 'packages/stack', 'unit'),
  vitestSuite(ROOT, 'apps/frontend'),
  vitestSuite(ROOT, 'apps/backend', 'unit'),
  vitestSuite(ROOT, 'apps/backend', 'integration'),
  vitestSuite(ROOT, 'packages/stack', 'integration'),
  {
    name: 'apps/e2e',
    cwd: join(ROOT, 'apps/e2e'),
    command: bin('playwright'),
    args: ['test', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: e2eReport },
    report: { file: e2eReport, read: readPlaywright },
  },
];

/** The generated database client is not in the repository. */
const GENERATE = check('generate', 'turbo', 'run', 'generate', '--output-logs=errors-only');

async function prepare(): Promise<void> {
  const needs = [
    ...REQUIREMENTS.database,
    ...REQUIREMENTS.redis,
    ...REQUIREMENTS.switch,
    ...REQUIREMENTS.recordings,
    ...REQUIREMENTS.demoData,
    ...REQUIREMENTS.tests,
  ];
  const yes = process.argv.includes('--yes') || Boolean(process.env.CI);
  await ensureSystemPackages(needs, { yes, onLog: say });
  mkdirSync(join(STATE_DIR, 'test'), { recursive: true });
  const { failed } = await runSuite(GENERATE);
  if (failed > 0) throw new SetupError('The database client could not be generated; see above.');
}

async function main(): Promise<Count> {
  const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
  const suites = SUITES.filter(
    ({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)),
  );
  await prepare();
  const total = { passed: 0, failed: 0, skipped: 0 };
  const lines: string[] = [];
  for (const suite of suites) {
    if (suite.name === 'apps/e2e' && (await ensureBuilt())) say('Built both apps.');
    const before = performance.now();
    const count = await runSuite(suite);
    const seconds = ((performance.now() - before) / 1000).toFixed(1).padStart(6);
    const { passed, failed, skipped } = count;
    lines.push(
      `${failed > 0 ? '✗' : '✓'} ${suite.name.padEnd(28)} ${seconds} s  ${passed} passed, ${failed} failed, ${skipped} skipped`,
    );
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  console.log(`\n${lines.join('\n')}\n`);
  return total;
}

try {
  const { passed, failed, skipped } = await main();
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof SetupError ? `\n${error.message}\n` : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
