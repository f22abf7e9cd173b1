import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RELIABILITY, type Report, table, withOtherLines, writeReport } from '../bench/report';
import { ensureBuilt } from '../run/build';
import { say } from '../run/console';
import { ROOT } from '../run/settings';
import { ensureSystemPackages, REQUIREMENTS, SetupError } from '../system-packages';

/** `npm run test:faults -- [part …]`: each part dies and freezes under calls. Lines of other parts stay. */
async function main(parts: readonly string[]): Promise<void> {
  const needs = ['database', 'redis', 'switch', 'tests'] as const;
  const yes = process.argv.includes('--yes') || Boolean(process.env.CI);
  await ensureSystemPackages(
    needs.flatMap((need) => REQUIREMENTS[need]),
    { yes, onLog: say },
  );
  if (await ensureBuilt()) say('Built both apps.');
  const script: { measure(parts: readonly string[]): Promise<Report> } = await import(
    pathToFileURL(join(ROOT, 'apps/e2e/faults/faults.ts')).href
  );
  const measured = await script.measure(parts);
  const report = parts.length > 0 ? withOtherLines('faults', measured, RELIABILITY) : measured;
  console.log(`\n${table(report.rows)}\n`);
  writeReport('faults', report, RELIABILITY);
  console.log('Written to docs/reliability.md.');
}

try {
  await main(process.argv.slice(2).filter((argument) => !argument.startsWith('-')));
} catch (error) {
  console.error(error instanceof SetupError ? `\n${error.message}\n` : error);
  process.exitCode = 1;
}
