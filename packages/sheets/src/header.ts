import { isKnownLabel } from './labels';
import type { RawRow } from './raw-sheet';

/** Titles and remarks may stand this many rows deep above the header. */
const SEARCH_DEPTH = 15;
const SAMPLE = 100;
const DATA = /\d{5}|@|:\/\/|^[+-]?[\d.,%$€£ ]+$|^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}/;
const MISSING = /^([-–—?.]+|n\/?a|none|null|nil|unknown|tbd|empty|#\S+)$/i;

/**
 * Index of the header among the rows, or null if the first row already is data. A header is a row of short
 * words: known ones, or ones above columns of numbers, dates and addresses. Title rows above are passed over.
 */
export function findHeader(rows: readonly RawRow[]): number | null {
  const width = usualWidth(rows);
  let best: { index: number; known: number; filled: number } | null = null;
  let dataSeen = false;
  for (const [index, row] of rows.slice(0, SEARCH_DEPTH).entries()) {
    const filled = row.cells.filter((cell) => cell !== '');
    if (filled.length < Math.max(1, width / 2)) continue;
    const known = filled.filter(isKnownLabel).length;
    if (!isLabelRow(filled, known)) {
      dataSeen = true;
      continue;
    }
    // Below a row of data only a clear header counts, for exports with a block of figures on top.
    if (known < (dataSeen ? 2 : 1) && (dataSeen || !hasTypedColumns(rows, index))) continue;
    if (!best || known > best.known || (known === best.known && filled.length > best.filled)) {
      best = { index, known, filled: filled.length };
    }
  }
  return best?.index ?? null;
}

function isLabelRow(filled: readonly string[], known: number): boolean {
  return filled.every((cell) => {
    // Years and months are titles only beside titles that are words.
    if (/^\d{1,4}$/.test(cell)) return known >= 2;
    return cell.length <= 60 && !DATA.test(cell) && !MISSING.test(cell) && /\p{L}|#/u.test(cell);
  });
}

/** Whether a column below is mostly data while its cell in this row is a word. */
function hasTypedColumns(rows: readonly RawRow[], index: number): boolean {
  const below = rows.slice(index + 1, index + 1 + SAMPLE);
  return (rows[index]?.cells ?? []).some((label, column) => {
    if (label === '') return false;
    const cells = below.map((row) => row.cells[column] ?? '').filter((cell) => cell !== '');
    return cells.length > 0 && cells.filter((cell) => DATA.test(cell)).length >= cells.length * 0.6;
  });
}

/** How many cells a row usually has. */
function usualWidth(rows: readonly RawRow[]): number {
  const counts = new Map<number, number>();
  for (const row of rows.slice(0, SAMPLE)) {
    const filled = row.cells.filter((cell) => cell !== '').length;
    counts.set(filled, (counts.get(filled) ?? 0) + 1);
  }
  let usual = 1;
  let most = 0;
  for (const [filled, count] of counts) {
    if (count > most || (count === most && filled > usual)) {
      usual = filled;
      most = count;
    }
  }
  return usual;
}
