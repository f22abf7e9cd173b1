import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Report, table, writeReport } from '../bench/report';
import { ensureBuilt } from '../run/build';
import { say } from '../run/console';
import { ROOT } from '../run/settings';
import { ensureSystemPackages, REQUIREMENTS, SetupError } from '../system-packages';

/** `npm run bench -- <name>`: measurements, none of which can fail a build. Without a name it lists them. */

interface Bench {
  readonly what: string;
  readonly script: string;
  /** Whether it runs the product, and so needs its programs and a build. */
  readonly product: boolean;
}

const BENCHES: Readonly<Record<string, Bench>> = {
  dial: {
    what: 'a bare JsSIP page against Outdial’s own: click → INVITE → connected, hang-up → next INVITE',
    script: 'apps/e2e/bench/dial.ts',
    product: true,
  },
  sheets: {
    what: 'reading a sheet of 100,000 rows against Papa Parse and SheetJS alone',
    script: 'packages/sheets/scripts/bench.ts',
    product: false,
  },
};

function list(): void {
  console.log('\nnpm run bench -- <name>\n');
  for (const [name, { what }] of Object.entries(BENCHES)) console.log(`  ${name.padEnd(8)} ${what}`);
  console.log('\ndocs/benchmarks.md has the last figures.\n');
}

async function prepare(): Promise<void> {
  const needs = [
    ...REQUIREMENTS.database,
    ...REQUIREMENTS.redis,
    ...REQUIREMENTS.switch,
    ...REQUIREMENTS.tests,
  ];
  const yes = process.argv.includes('--yes') || Boolean(process.env.CI);
  await ensureSystemPackages(needs, { yes, onLog: say });
  if (await ensureBuilt()) say('Built both apps.');
}

async function main(name: string | undefined): Promise<void> {
  if (name === undefined) return list();
  const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
  if (!bench) {
    list();
    throw new SetupError(`There is no bench named ${name}.`);
  }
  if (bench.product) await prepare();
  const script: { measure(): Promise<Report> } = await import(pathToFileURL(join(ROOT, bench.script)).href);
  const report = await script.measure();
  console.log(`\n${table(report.rows)}\n`);
  writeReport(name, report);
  console.log('Written to docs/benchmarks.md.');
}

try {
  await main(process.argv.slice(2).find((argument) => !argument.startsWith('-')));
} catch (error) {
  console.error(error instanceof SetupError ? `\n${error.message}\n` : error);
  process.exitCode = 1;
}
