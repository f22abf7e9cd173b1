import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Report, table, writeReport } from '../bench/report';
import { ensureBuilt } from '../run/build';
import { say } from '../run/console';
import { generateClient } from '../run/from-source';
import { ROOT } from '../run/settings';
import { ensureSystemPackages, REQUIREMENTS, SetupError } from '../system-packages';

/** `npm run bench -- <name>`: measurements, none of which can fail a build. Without a name it lists them. */

interface Bench {
  readonly what: string;
  readonly script: string;
  /** Programs it needs. */
  readonly needs: readonly (keyof typeof REQUIREMENTS)[];
  /** Whether it runs the product as built, or its sources, or neither. */
  readonly product: 'built' | 'source' | 'none';
}

const BENCHES: Readonly<Record<string, Bench>> = {
  dial: {
    what: 'a bare JsSIP page against Outdial’s own: click → INVITE → connected, hang-up → next INVITE',
    script: 'apps/e2e/bench/dial.ts',
    needs: ['database', 'redis', 'switch', 'tests'],
    product: 'built',
  },
  history: {
    what: 'each filter of the history against the best SQL for it, 1,000,000 calls or --rows N; bytes a call',
    script: 'apps/backend/bench/history.ts',
    needs: ['database'],
    product: 'source',
  },
  realtime: {
    what: 'a fact from its commit to 220 pages, and its processor time, against bare socket.io',
    script: 'apps/backend/bench/realtime.ts',
    needs: ['database', 'redis'],
    product: 'source',
  },
  sheets: {
    what: 'reading a sheet of 100,000 rows against Papa Parse and SheetJS alone',
    script: 'packages/sheets/scripts/bench.ts',
    needs: [],
    product: 'none',
  },
};

function list(): void {
  console.log('\nnpm run bench -- <name>\n');
  for (const [name, { what }] of Object.entries(BENCHES)) console.log(`  ${name.padEnd(8)} ${what}`);
  console.log('\ndocs/benchmarks.md has the last figures.\n');
}

async function prepare({ needs, product }: Bench): Promise<void> {
  const yes = process.argv.includes('--yes') || Boolean(process.env.CI);
  await ensureSystemPackages(
    needs.flatMap((need) => REQUIREMENTS[need]),
    { yes, onLog: say },
  );
  if (product === 'built' && (await ensureBuilt())) say('Built both apps.');
  if (product === 'source') await generateClient();
}

async function main(name: string | undefined): Promise<void> {
  if (name === undefined) return list();
  const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
  if (!bench) {
    list();
    throw new SetupError(`There is no bench named ${name}.`);
  }
  await prepare(bench);
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
