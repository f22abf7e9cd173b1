import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type Report, table, writeReport } from '../bench/report';
import { ensureBuilt } from '../run/build';
import { say } from '../run/console';
import { ROOT } from '../run/settings';
import { ensureSystemPackages, REQUIREMENTS, SetupError } from '../system-packages';

/**
 * `npm run test:load`: an office of agents calls for a minute; fails when one call does, or when the API is slow.
 * `--agents 20 --rate 2 --seconds 5` is a smaller one, which is not written down.
 */

const WHOLE = { agents: 200, callsPerSecond: 20, seconds: 60 };
/** Of the API's answers, 95 % are to come within this, in ms. */
const MAX_P95_MS = 250;

interface Script {
  measureLoad(load: typeof WHOLE): Promise<{ report: Report; failures: readonly string[]; p95: number }>;
}

const { values: options } = parseArgs({
  options: {
    agents: { type: 'string', default: String(WHOLE.agents) },
    rate: { type: 'string', default: String(WHOLE.callsPerSecond) },
    seconds: { type: 'string', default: String(WHOLE.seconds) },
    yes: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  const { database, redis, switch: phone, tests } = REQUIREMENTS;
  const yes = options.yes || Boolean(process.env.CI);
  await ensureSystemPackages([...database, ...redis, ...phone, ...tests], { yes, onLog: say });
  if (await ensureBuilt()) say('Built both apps.');
  const load = {
    agents: Number(options.agents),
    callsPerSecond: Number(options.rate),
    seconds: Number(options.seconds),
  };
  const script: Script = await import(pathToFileURL(join(ROOT, 'apps/e2e/bench/load.ts')).href);
  const { report, failures, p95 } = await script.measureLoad(load);
  console.log(`\n${table(report.rows)}\n`);
  for (const failure of new Set(failures)) console.log(failure);
  const isWhole = JSON.stringify(load) === JSON.stringify(WHOLE);
  if (isWhole) writeReport('load', report);
  console.log(`${failures.length} calls failed; 95 % of the API's answers within ${p95.toFixed(0)} ms.`);
  if (failures.length > 0 || p95 > MAX_P95_MS) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof SetupError ? `\n${error.message}\n` : error);
  process.exitCode = 1;
}
