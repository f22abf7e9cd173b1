import type { RawRow } from '../raw-sheet';
import { findHeader } from './header';
import { titleMeaning } from './title';

const SAMPLE = 60;
const NUMBER = /^'?(?:p:)?[+(]?\d[\d\s()./-]{5,22}\d$/;

interface Candidate {
  readonly rows: readonly RawRow[];
  readonly hidden: boolean;
}

/** The worksheet that is likeliest to hold leads: numbers to dial below a title that says so. The first of equals. */
export function likelySheet<Sheet extends Candidate>(sheets: readonly Sheet[]): Sheet | undefined {
  let best: { sheet: Sheet; score: number } | undefined;
  for (const sheet of sheets) {
    if (sheet.rows.length === 0) continue;
    const score = likeliness(sheet.rows) - (sheet.hidden ? 10 : 0);
    if (!best || score > best.score) best = { sheet, score };
  }
  return best?.sheet;
}

/** 0 for a sheet without numbers, at most 3. */
function likeliness(rows: readonly RawRow[]): number {
  const header = findHeader(rows);
  const titles = header === null ? [] : (rows[header]?.cells ?? []);
  const below = rows.slice((header ?? -1) + 1).slice(0, SAMPLE);
  if (below.length === 0) return -1;
  const width = Math.max(...below.map(({ cells }) => cells.length));
  let best = 0;
  for (let column = 0; column < width; column++) {
    const numbers = below.filter(({ cells }) => NUMBER.test(cells[column] ?? '')).length / below.length;
    const meaning = titleMeaning(titles[column] ?? '');
    const title = meaning.phone && !meaning.notPhone ? 1 : meaning.notPhone ? -0.5 : 0;
    if (numbers > 0) best = Math.max(best, numbers + title);
  }
  // Of two lists of numbers the longer one, a little.
  return best === 0 ? 0 : best + Math.min(0.5, Math.log10(rows.length) / 10);
}
