import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { globSync } from 'tinyglobby';
import { type Report, TESTING, table, writeReport } from '../bench/report';
import { AREAS, type Area, testsOf } from '../mutations/areas';
import { type Mutant, mutantsOf } from '../mutations/mutants';
import { sample } from '../mutations/sample';
import { TestBed } from '../mutations/test-bed';
import { generateClient } from '../run/from-source';
import { ROOT, STATE_DIR } from '../run/settings';
import { ensureSystemPackages, REQUIREMENTS, SetupError } from '../system-packages';

/**
 * `npm run test:mutations`: puts small faults into the product and counts those that a test notices.
 * `--sample 40` draws that many of each area (all of them without it), `--seed 7` others, `--area queue` and `--file
 * auth` do less; `--dry` only shows them. `--minutes 10` begins no mutant after them. Written to docs/testing.md.
 */
const { values: options } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    area: { type: 'string' },
    file: { type: 'string', default: '' },
    minutes: { type: 'string' },
    dry: { type: 'boolean', default: false },
    yes: { type: 'boolean', default: false },
  },
});

/** Of the mutants of an area that a test noticed; less fails the command. */
const LEAST_SHARE = 0.85;

interface Result {
  readonly all: number;
  readonly tried: number;
  /** Where and what, in words. */
  readonly survivors: readonly string[];
}

/** Of the last run of each area, so that areas can be run one at a time. */
const FILE = join(STATE_DIR, 'test/mutations.json');

const untilMs = options.minutes
  ? performance.now() + Number(options.minutes) * 60_000
  : Number.POSITIVE_INFINITY;

const allOf = (area: Area): Mutant[] => {
  const cwd = join(ROOT, area.workspace);
  return globSync([...area.files], { cwd })
    .filter((file) => file.includes(options.file))
    .sort()
    .flatMap((file) => mutantsOf(file, readFileSync(join(cwd, file), 'utf8')));
};

const placeOf = ({ workspace }: Area, { file, line, edit }: Mutant) => `${workspace}/${file}:${line} ${edit}`;

async function examine(area: Area): Promise<Result> {
  const all = allOf(area);
  const drawn = sample(all, Number(options.sample ?? all.length), Number(options.seed));
  if (options.dry) for (const mutant of drawn) console.log(placeOf(area, mutant));
  const survivors: string[] = [];
  let tried = 0;
  if (options.dry || drawn.length === 0) return { all: all.length, tried, survivors };
  const bed = await TestBed.open(area);
  try {
    for (const mutant of drawn) {
      if (performance.now() > untilMs) break;
      const isNoticed = await bed.notices(mutant, testsOf(area, mutant.file));
      tried += 1;
      if (!isNoticed) survivors.push(placeOf(area, mutant));
      console.log(`${isNoticed ? '✓' : '✗'} ${placeOf(area, mutant)}`);
    }
  } finally {
    await bed.close();
  }
  return { all: all.length, tried, survivors };
}

const shareOf = ({ tried, survivors }: Result) => (tried === 0 ? 1 : (tried - survivors.length) / tried);

/** Remembers these results beside those of the other areas. @returns all of them */
function remembered(results: ReadonlyMap<string, Result>): ReadonlyMap<string, Result> {
  const before = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, Result>) : {};
  const all = { ...before, ...Object.fromEntries(results) };
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, JSON.stringify(all, null, 2));
  return new Map(AREAS.flatMap(({ name }) => (all[name] ? [[name, all[name]]] : [])));
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

function reportOf(results: ReadonlyMap<string, Result>): Report {
  const rows = [...results].map(([name, result]) => [
    name,
    String(result.all),
    String(result.tried),
    percent(shareOf(result)),
  ]);
  const survivors = [...results.values()].flatMap((result) => result.survivors);
  return {
    title: 'Faults put in on purpose, and noticed by a test',
    rows: [['', 'possible', 'tried', 'noticed'], ...rows],
    method: `One fault at a time, drawn from those that the syntax tree allows: conditions negated, comparisons and logic turned round, calls, throws and properties left out, literals changed. Not noticed:

${survivors.map((survivor) => `- ${survivor}`).join('\n') || '- none'}`,
    versions: {},
  };
}

async function main(): Promise<void> {
  const areas = AREAS.filter(({ name }) => !options.area || name === options.area);
  if (areas.length === 0) throw new SetupError(`Areas: ${AREAS.map(({ name }) => name).join(', ')}.`);
  const { database, redis, recordings, tests } = REQUIREMENTS;
  const needs = [...database, ...redis, ...recordings, ...tests];
  await ensureSystemPackages(needs, { yes: options.yes || Boolean(process.env.CI), onLog: console.log });
  await generateClient();
  const results = new Map<string, Result>();
  for (const area of areas) results.set(area.name, await examine(area));
  if (options.dry) return;
  const report = reportOf(options.file ? results : remembered(results));
  console.log(`\n${table(report.rows)}\n`);
  if (!options.file) writeReport('mutations', report, TESTING);
  if ([...results.values()].some((result) => shareOf(result) < LEAST_SHARE)) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof SetupError ? `\n${error.message}\n` : error);
  process.exitCode = 1;
}
