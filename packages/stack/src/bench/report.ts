import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../run/settings';

/** A document whose sections are written by commands. */
interface MeasuredDocument {
  readonly file: string;
  /** How it begins when there is none yet. */
  readonly introduction: string;
}

const BENCHMARKS: MeasuredDocument = {
  file: join(ROOT, 'docs/benchmarks.md'),
  introduction: `# Benchmarks

Figures, not tests: nothing fails when they change. Each section is written by its own command, with the machine it ran
on. \`npm run bench\` lists the commands. Compare ratios rather than milliseconds: both sides of a ratio were measured in
the same run on the same machine.
`,
};

/** Begins with its table; what stands below it is written by hand. */
export const RELIABILITY: MeasuredDocument = {
  file: join(ROOT, 'docs/reliability.md'),
  introduction: '# Reliability\n',
};

export const TESTING: MeasuredDocument = {
  file: join(ROOT, 'docs/testing.md'),
  introduction: '# Testing\n',
};

/** What a bench's script gives back: its section of the document. */
export interface Report {
  readonly title: string;
  /** The table's; the first one is its head. */
  readonly rows: readonly (readonly string[])[];
  /** What was measured and how, in Markdown. */
  readonly method: string;
  /** Of the programs that matter here, by name. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Rows of cells as a Markdown table that is also readable as text; the first row is the head. */
export function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => pad(row[column] ?? '', width, column)).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => '-'.repeat(width - (column > 0 ? 1 : 0)) + (column > 0 ? ':' : '')).join(' | ')} |`;
  return [line(head), rule, ...body.map(line)].join('\n');
}

/** A report of some lines only: the others of its last version stay, known by their first cell. */
export function withOtherLines(
  name: string,
  { rows, ...report }: Report,
  document: MeasuredDocument,
): Report {
  const before = sectionOf(name, document)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    )
    .filter(([first]) => !/^-+$/.test(first ?? ''));
  const lines = new Map([...before, ...rows].map((row) => [row[0], row]));
  return { ...report, rows: [...lines.values()] };
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

/** Of the sources as they were when the bench began: they may change while it runs. */
const COMMIT = commit();

/** Puts a report in the place of its last version in its document; the rest stays. */
export function writeReport(name: string, report: Report, document = BENCHMARKS): void {
  const { title, rows, method, versions } = report;
  writeSection(document, name, title, `${table(rows)}\n\n${circumstances(versions)}\n${method}`);
}

/** When, on what and of which sources: without it a figure says nothing. */
function circumstances(versions: Readonly<Record<string, string>>): string {
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()} ${arch()}, load average ${loadavg()[1]?.toFixed(1)} over the last 5 min`;
  const named = Object.entries({ Node: process.versions.node, ...versions });
  return [
    `- ${new Date().toISOString().slice(0, 10)}, commit ${COMMIT}`,
    `- ${machine}`,
    `- ${named.map(([name, version]) => `${name} ${version}`).join(', ')}`,
  ].join('\n');
}

function commit(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], { cwd: ROOT, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

const markersOf = (name: string) => [`<!-- ${name} -->`, `<!-- end of ${name} -->`] as const;

function sectionOf(name: string, { file }: MeasuredDocument): string {
  const [begin, end] = markersOf(name);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return text.split(begin)[1]?.split(end)[0] ?? '';
}

function writeSection(
  { file, introduction }: MeasuredDocument,
  name: string,
  title: string,
  body: string,
): void {
  const [begin, end] = markersOf(name);
  const section = `${begin}\n\n## ${title}\n\n${body.trim()}\n\n${end}`;
  const before = existsSync(file) ? readFileSync(file, 'utf8').trimEnd() : introduction.trimEnd();
  const from = before.indexOf(begin);
  const to = before.indexOf(end);
  const after =
    from >= 0 && to > from
      ? before.slice(0, from) + section + before.slice(to + end.length)
      : `${before}\n\n${section}`;
  writeFileSync(file, `${after}\n`);
}
