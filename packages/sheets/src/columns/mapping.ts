import type { ColumnReading } from '../numbers/column-reading';
import type { LeftOut } from '../numbers/phone-cell';
import type { CountryCode } from '../numbers/plan';
import type { SheetTable } from '../sheet-table';
import { withAreaCodes } from './area-codes';
import { type CountryFit, guessCountry } from './country';
import { findPhoneColumns } from './phone-columns';
import { type SampledColumn, sampleColumns } from './sample';

/** Which columns mean what, and how their numbers are read. Columns are given by their place in the file, from 0. */
export interface SheetMapping {
  /** Line of the column titles; null if the first row already is a lead. */
  headerLine: number | null;
  /** In the order in which they are tried: the first number is dialed, the others are kept with the lead. */
  phoneColumns: number[];
  /** None, one for the whole name, or first name and last name in that order. */
  nameColumns: number[];
  /** Where area codes stand apart from their numbers. */
  areaCodeColumn?: number | null | undefined;
  /** Where numbers without a country code belong, if not to the organization's country. */
  country?: CountryCode | undefined;
  /** How bare digits are read that could be a number at home or one with a country code; found out when left out. */
  reading?: Exclude<ColumnReading, 'unsure'> | undefined;
  /** Numbers that are dialed although they would be left out. */
  also?: LeftOut[] | undefined;
  /** What somebody wrote in place of a phone cell. */
  corrections?: { line: number; value: string }[] | undefined;
}

export interface MappingGuess extends SheetMapping {
  /** 0 (no idea) to 1 (certain), of the phone column. */
  confidence: number;
  /** Countries that numbers without a code may belong to, the organization's first. */
  countryFits: CountryFit[];
}

const COMPANY = /\b(inc|llc|ltd|gmbh|ag|kg|s\.?a\.?|s\.?r\.?l\.?|corp|co|plc|b\.?v\.?|company|group)\.?$/i;

/** Finds the phone and name columns by what is in them, helped by their titles. */
export function guessMapping(table: SheetTable, options: { country: CountryCode }): MappingGuess {
  const { sample, areaCodeColumn } = withAreaCodes(sampleColumns(table), options.country);
  const { columns, rows } = sample;
  const titled = columns.filter(({ meaning }) => meaning.phone && !meaning.notPhone);
  const likely = titled.length > 0 ? titled : columns.filter(looksDialed);
  const { country, isFound, fits } = guessCountry(sample, likely, options.country);
  const phones = findPhoneColumns(columns, rows.length, country);
  const isOther = ({ index }: SampledColumn) => !phones.columns.includes(index);
  return {
    headerLine: table.headerLine,
    phoneColumns: phones.columns,
    nameColumns: guessNames(columns.filter(isOther)),
    ...(areaCodeColumn !== null && { areaCodeColumn }),
    ...(isFound && { country }),
    confidence: phones.confidence,
    countryFits: fits,
  };
}

/** Numbers as they are dialed inside a country that has a trunk prefix; ids and amounts do not begin with 0. */
function looksDialed({ values, meaning }: SampledColumn): boolean {
  const dialed = values.filter((value) => /^\(?0[\d ()/.-]{7,16}$/.test(value));
  return !meaning.notPhone && values.length > 0 && dialed.length >= values.length * 0.8;
}

function guessNames(columns: readonly SampledColumn[]): number[] {
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
