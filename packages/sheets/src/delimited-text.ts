import Papa from 'papaparse';
import type { RawRow } from './raw-sheet';
import { assertCellCount, assertLineCount } from './sheet-size';

export type Delimiter = ',' | ';' | '\t' | '|';

/** Rarest in ordinary text first: the order decides when two would fit equally well. */
const DELIMITERS: readonly Delimiter[] = ['\t', '|', ';', ','];
const SAMPLE_CHARACTERS = 64 * 1024;
const NUMBER_LIKE = /^'?\+?[\d\s().-]{7,20}$/;
/** A file with more stray quotes than this is read without quoting altogether. */
const MAX_REPAIRS = 20;

export interface DelimitedText {
  delimiter: Delimiter;
  rows: RawRow[];
  /** Line of each quote that is opened and never closed; the row is read as it stands. */
  strayQuotes: number[];
}

/** Parses RFC 4180 text with any of four delimiters; line ends may be LF, CRLF, CR or mixed. */
export function parseDelimited(source: string, wanted?: Delimiter): DelimitedText {
  assertLineCount(source);
  const text = source.replace(/\r\n?/g, '\n');
  // Excel's own hint, honoured and removed: a first line "sep=;"
  const hint = /^sep=([,;|\t])\n/i.exec(text);
  const body = hint ? text.slice(hint[0].length) : text;
  const delimiter = wanted ?? (hint?.[1] as Delimiter | undefined) ?? guessDelimiter(body);
  assertCellCount(body, delimiter);
  return { delimiter, ...parseRows(body, delimiter, hint ? 2 : 1) };
}

function parseRows(text: string, delimiter: Delimiter, firstLine: number): Omit<DelimitedText, 'delimiter'> {
  const rows: RawRow[] = [];
  const strayQuotes: number[] = [];
  let rest = text;
  let line = firstLine;
  while (true) {
    const { data, errors } = parse(rest, delimiter, strayQuotes.length < MAX_REPAIRS);
    const stray = errors.find(
      ({ code, row }) =>
        code === 'MissingQuotes' || (code === 'InvalidQuotes' && spansLines(data[row ?? -1])),
    )?.row;
    const sound = stray ?? data.length;
    const start = line;
    for (const cells of data.slice(0, sound)) {
      rows.push({ line, cells });
      line += 1 + cells.reduce((sum, cell) => sum + newlines(cell), 0);
    }
    if (stray === undefined) return { rows, strayQuotes };
    // The open quote has swallowed lines below it: take its line literally and go on below it.
    const at = skipLines(rest, line - start);
    const end = rest.indexOf('\n', at);
    const literal = rest.slice(at, end < 0 ? undefined : end);
    rows.push({ line, cells: literal.split(delimiter).map((cell) => cell.replace(/^"|"$/g, '')) });
    strayQuotes.push(line);
    if (end < 0) return { rows, strayQuotes };
    rest = rest.slice(end + 1);
    line++;
  }
}

function parse(text: string, delimiter: Delimiter, quotes: boolean) {
  return Papa.parse<string[]>(text, {
    delimiter,
    newline: '\n',
    // A private-use character stands for "no quoting"; papaparse has no switch for it.
    quoteChar: quotes ? '"' : '\uf8ff',
    skipEmptyLines: false,
  });
}

function spansLines(cells: readonly string[] | undefined): boolean {
  return cells?.some((cell) => cell.includes('\n')) ?? false;
}

function newlines(cell: string): number {
  let count = 0;
  for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count++;
  return count;
}

function skipLines(text: string, count: number): number {
  let at = 0;
  for (let i = 0; i < count; i++) at = text.indexOf('\n', at) + 1;
  return at;
}

/** The delimiter that cuts most rows into the same number of cells, and numbers into cells of their own. */
function guessDelimiter(text: string): Delimiter {
  const end = text.length > SAMPLE_CHARACTERS ? text.lastIndexOf('\n', SAMPLE_CHARACTERS) : -1;
  const sample = end > 0 ? text.slice(0, end) : text.slice(0, SAMPLE_CHARACTERS);
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const score = regularity(sample, delimiter);
    if (score > bestScore + 1e-9) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

function regularity(sample: string, delimiter: Delimiter): number {
  const rows = parseRows(sample, delimiter, 1)
    .rows.map((row) => row.cells)
    .filter((cells) => cells.some((cell) => cell.trim()))
    .slice(0, 200);
  const widths = new Map<number, number>();
  let numbers = 0;
  for (const cells of rows) {
    if (cells.length > 1) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
    if (cells.length > 1 && cells.some((cell) => NUMBER_LIKE.test(cell.trim()))) numbers++;
  }
  const usual = Math.max(0, ...widths.values());
  if (usual === 0) return 0;
  return usual / rows.length + numbers / rows.length;
}
