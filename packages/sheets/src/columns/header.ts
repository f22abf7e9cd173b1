import type { RawRow } from '../raw-sheet';
import { isKnownTitle, plainTitle, titleMeaning } from './title';

/** Titles and remarks may stand this many rows deep above the header. */
const SEARCH_DEPTH = 60;
const SAMPLE = 200;
/** A form's question may be a title. */
const MAX_TITLE_LENGTH = 400;
const SHORT_TITLE = 60;
const DATA = /\d{5}|\S@\S|:\/\/|^[+-]?[\d.,%$€£ ]+$|^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}/;
const MISSING = /^([-–—?.]+|n\/?a|none|null|nil|unknown|tbd|empty|#\S+)$/i;
const NUMBER = /^'?(?:p:)?[+(]?\d[\d\s()./-]{5,22}\d$/;

/**
 * Index of the header among the rows, or null if the first row already is data. A header is a row of words: known
 * ones, or ones above columns of numbers, dates and addresses. Title rows above are passed over, but never a row
 * that holds a number to dial: a second table further down does not make the first one disappear.
 */
export function findHeader(rows: readonly RawRow[]): number | null {
  const width = usualWidth(rows);
  let best: { index: number; known: number; filled: number } | null = null;
  let dataSeen = false;
  for (const [index, row] of rows.slice(0, SEARCH_DEPTH).entries()) {
    const filled = row.cells.filter((cell) => cell !== '');
    if (isLead(filled, width)) break;
    if (filled.length < Math.max(1, width / 2)) continue;
    const known = filled.filter(isKnownTitle).length;
    if (!isTitleRow(filled, known)) {
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

/** Whether a row inside the data is titles once more, as where two exports were pasted below one another. */
export function repeatsTitles(cells: readonly string[], titles: readonly string[] | undefined): boolean {
  const filled = cells.filter((cell) => cell !== '');
  if (titles && filled.length > 0 && cells.every((cell, column) => cell === (titles[column] ?? '')))
    return true;
  return (
    filled.length >= 2 &&
    filled.some((cell) => titleMeaning(cell).phone) &&
    filled.every((cell) => isKnownTitle(cell) && !/\d{3}/.test(cell))
  );
}

/** A number to dial, alone or with words beside it; a figure among figures is none. */
function isLead(filled: readonly string[], width: number): boolean {
  if (!filled.some((cell) => NUMBER.test(cell))) return false;
  return (
    (filled.length >= Math.max(1, width / 2) && width === 1) ||
    (filled.some((cell) => /\p{L}{2}/u.test(cell)) && filled.length >= width / 2)
  );
}

function isTitleRow(filled: readonly string[], known: number): boolean {
  return filled.every((cell) => {
    // Years and months are titles only beside titles that are words.
    if (/^\d{1,4}$/.test(cell)) return known >= 2;
    const plain = plainTitle(cell);
    if (cell.length > MAX_TITLE_LENGTH || DATA.test(plain) || MISSING.test(plain)) return false;
    return (plain.length <= SHORT_TITLE || known > 0 || filled.length > 1) && /\p{L}|#/u.test(plain);
  });
}

/** Whether a column below is mostly data while its cell in this row is a word. */
function hasTypedColumns(rows: readonly RawRow[], index: number): boolean {
  const below = rows.slice(index + 1, index + 1 + SAMPLE);
  return (rows[index]?.cells ?? []).some((title, column) => {
    if (title === '') return false;
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
