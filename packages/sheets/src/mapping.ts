import { labelMeaning } from './labels';
import { type CountryCode, parsePhoneCell } from './phone';
import type { SheetColumn, SheetTable } from './sheet-table';

/** Which columns mean what. Columns are given by their place in the file, from 0. */
export interface SheetMapping {
  /** Line of the column titles; null if the first row already is a lead. */
  headerLine: number | null;
  phoneColumn: number | null;
  /** None, one for the whole name, or first name and last name in that order. */
  nameColumns: number[];
}

export interface MappingGuess extends SheetMapping {
  /** 0 (no idea) to 1 (certain), of the phone column. */
  confidence: number;
}

const SAMPLE = 300;
const COMPANY = /\b(inc|llc|ltd|gmbh|ag|kg|s\.?a\.?|s\.?r\.?l\.?|corp|co|plc|b\.?v\.?|company|group)\.?$/i;

/** Finds the phone and name columns by what is in them, helped by their titles. */
export function guessMapping(table: SheetTable, { country }: { country: CountryCode }): MappingGuess {
  const rows = sampleRows(table);
  const titled = table.headerLine !== null;
  const columns = table.columns.map((column) => ({
    index: column.index,
    meaning: labelMeaning(titled ? column.name : ''),
    values: rows.map((row) => row.cells[column.index] ?? '').filter((cell) => cell !== ''),
  }));
  let phone: { index: number; score: number } | null = null;
  for (const { index, meaning, values } of columns) {
    const score = phoneScore(values, rows.length, meaning, country);
    if (score > 0.2 && score > (phone?.score ?? 0)) phone = { index, score };
  }
  return {
    headerLine: table.headerLine,
    phoneColumn: phone?.index ?? null,
    nameColumns: guessNames(columns.filter(({ index }) => index !== phone?.index)),
    confidence: phone ? Math.min(1, Math.round(phone.score * 100) / 100) : 0,
  };
}

interface Candidate {
  index: SheetColumn['index'];
  meaning: ReturnType<typeof labelMeaning>;
  values: string[];
}

/** Rows from the whole sheet, evenly: the first page is not always typical. */
function sampleRows(table: SheetTable) {
  const count = table.rows.length - table.firstRow;
  const step = Math.max(1, Math.floor(count / SAMPLE));
  return Array.from(
    { length: Math.min(count, SAMPLE) },
    (_, i) => table.rows[table.firstRow + i * step],
  ).filter((row) => row !== undefined);
}

function phoneScore(
  values: readonly string[],
  rows: number,
  meaning: Candidate['meaning'],
  country: CountryCode,
): number {
  if (values.length === 0) return 0;
  const valid = values.filter((value) => parsePhoneCell(value, country).ok).length / values.length;
  if (valid === 0) return 0;
  const filled = values.length / rows;
  const title = meaning.phone && !meaning.notPhone ? 0.3 : meaning.notPhone && !meaning.phone ? -0.5 : 0;
  const various = new Set(values).size / values.length;
  return valid * (0.45 + 0.15 * filled + 0.1 * various) + title;
}

function guessNames(columns: readonly Candidate[]): number[] {
  const scored = columns
    .filter(({ meaning }) => !meaning.notPerson)
    .map((column) => ({ ...column, score: nameLikeness(column.values) }));
  const titled = (person: 'first' | 'last' | 'full') =>
    scored.find((column) => column.meaning.person === person && column.score > 0.2);
  const first = titled('first');
  const last = titled('last');
  const full = titled('full');
  if (first && last) return [first.index, last.index];
  // "Vorname, Name": the second is the last name, unless it repeats the first
  if (first && full) return contains(full.values, first.values) ? [full.index] : [first.index, full.index];
  if (last && full) return contains(full.values, last.values) ? [full.index] : [full.index, last.index];
  const single = full ?? first ?? last;
  if (single) return [single.index];
  const best = scored
    .filter((column) => column.score >= 0.75 && !column.values.some((value) => COMPANY.test(value)))
    .sort((a, b) => b.score - a.score)[0];
  return best ? [best.index] : [];
}

function contains(whole: readonly string[], parts: readonly string[]): boolean {
  const count = Math.min(whole.length, parts.length);
  let hits = 0;
  for (let i = 0; i < count; i++) if (whole[i]?.includes(parts[i] ?? '')) hits++;
  return count > 0 && hits > count * 0.6;
}

/** How much a column looks like people's names: letters, one to five words, mostly different. */
function nameLikeness(values: readonly string[]): number {
  if (values.length === 0) return 0;
  let sum = 0;
  for (const value of values) {
    const words = value.split(/\s+/).length;
    if (!/\p{L}/u.test(value) || /[\d@:/=]/.test(value) || value.length > 60 || words > 5) continue;
    sum += words >= 2 ? 1 : 0.7;
  }
  return (sum / values.length) * (0.5 + (0.5 * new Set(values).size) / values.length);
}
