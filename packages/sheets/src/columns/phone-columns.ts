import { chooseNumbers, readingOf, spellCell } from '../numbers/phone-cell';
import type { CountryCode } from '../numbers/plan';
import { digitsOf } from '../numbers/spelling';
import type { SampledColumn } from './sample';

export interface PhoneColumns {
  /** In the order in which they are tried; empty where none looks like it. */
  columns: number[];
  /** 0 (no idea) to 1 (certain), of the first. */
  confidence: number;
}

const LEAST_SCORE = 0.2;
/** A titled column whose numbers are all wrong is still the phone column: each cell says why. */
const TITLE_ALONE = 0.21;
/** Further columns of numbers must hold them mostly. */
const MOSTLY = 0.5;
const MOST_COLUMNS = 10;

/** The columns of numbers, by what is in them, helped by their titles. */
export function findPhoneColumns(
  columns: readonly SampledColumn[],
  rows: number,
  country: CountryCode,
): PhoneColumns {
  const scored = columns
    .map((column) => ({ ...column, valid: validShare(column.values, country) }))
    .map((column) => ({ ...column, score: score(column, rows) }));
  const best = scored.reduce<(typeof scored)[number] | null>(
    (a, b) => (b.score > LEAST_SCORE && b.score > (a?.score ?? 0) ? b : a),
    null,
  );
  if (!best) return { columns: [], confidence: 0 };
  const titled = scored.filter(
    ({ meaning, valid, values }) =>
      meaning.phone && !meaning.notPhone && valid >= MOSTLY && !isOneNumber(values),
  );
  const isAmong = titled.some(({ index }) => index === best.index);
  const all = isAmong ? titled : [best, ...titled];
  const inUse = [...all.filter(({ meaning }) => !meaning.old), ...all.filter(({ meaning }) => meaning.old)];
  return {
    columns: inUse.slice(0, MOST_COLUMNS).map(({ index }) => index),
    confidence: Math.min(1, Math.round(best.score * 100) / 100),
  };
}

/** How much of a column can be dialed. */
export function validShare(values: readonly string[], country: CountryCode): number {
  if (values.length === 0) return 0;
  const cells = values.map((value) => spellCell(value, country));
  const reading = readingOf(cells);
  return cells.filter((cell) => chooseNumbers(cell, { reading }).ok).length / cells.length;
}

function score({ meaning, values, valid }: SampledColumn & { valid: number }, rows: number): number {
  if (values.length === 0) return 0;
  const isTitled = meaning.phone && !meaning.notPhone;
  if (valid === 0) {
    const hasDigits = values.some((value) => digitsOf(value).length >= 4);
    return isTitled && (hasDigits || values.every((value) => /\d/.test(value))) ? TITLE_ALONE : 0;
  }
  const title = isTitled ? (meaning.old ? 0.2 : 0.3) : meaning.notPhone ? -0.5 : 0;
  const various = new Set(values).size / values.length;
  const found = valid * (0.45 + 0.15 * (values.length / rows) + 0.1 * various) + title;
  return isTitled ? Math.max(found, TITLE_ALONE) : found;
}

/** The same number in every row is the seller's, not the leads'. */
function isOneNumber(values: readonly string[]): boolean {
  return values.length >= 5 && new Set(values).size === 1;
}
