import { type CellObject, type DenseWorkSheet, read, type WorkBook } from 'xlsx';
import { MAX_SHEET_COLUMNS, MAX_SHEET_ROWS } from './limits';
import type { RawRow, WorksheetInfo } from './raw-sheet';
import { SheetError } from './sheet-error';
import { type Container, corrupt, passwordProtected } from './sheet-format';
import { cellText } from './workbook-cell';
import { storeZip, Unzipper, type ZipEntry } from './zip';

export interface WorkbookSheet {
  sheetName: string;
  sheets: WorksheetInfo[];
  rows: RawRow[];
}

/** Pictures, macros and the like: heavy, and never read. */
const UNREAD_PARTS =
  /^(xl\/(media|embeddings|printersettings)\/|xl\/vbaproject\.bin|pictures\/|thumbnails\/)/i;

/**
 * Reads a worksheet as text: the one asked for, else the first that is visible and not empty. Formulas are
 * never evaluated; the value their program stored last is the text.
 * @throws SheetError `corrupt`, `password-protected`, `file-too-large`, `no-such-sheet`, `no-rows`
 */
export function readWorkbook(
  bytes: Uint8Array,
  container: Exclude<Container, { format: 'text' }>,
  wanted?: string,
): WorkbookSheet {
  const source = container.format === 'xls' ? bytes : repack(bytes, container.entries, container.format);
  const workbook = open(source);
  const all = workbook.SheetNames.map((name, index) => ({
    name,
    rows: worksheetRows(workbook, name),
    hidden: (workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0,
  }));
  const filled = all.filter((sheet) => sheet.rows.length > 0);
  const chosen =
    wanted === undefined
      ? (filled.find((sheet) => !sheet.hidden) ?? filled[0])
      : all.find((sheet) => sheet.name === wanted);
  if (!chosen && wanted !== undefined) {
    throw new SheetError('no-such-sheet', `The workbook has no sheet "${wanted}". Choose another one.`);
  }
  return {
    sheetName: chosen?.name ?? '',
    rows: chosen?.rows ?? [],
    sheets: all.map(({ name, rows, hidden }) => ({ name, rows: rows.length, hidden })),
  };
}

function repack(bytes: Uint8Array, entries: readonly ZipEntry[], format: 'xlsx' | 'ods'): Uint8Array {
  const unzipper = new Unzipper(bytes);
  const files = new Map<string, Uint8Array>();
  for (const entry of entries) {
    if (UNREAD_PARTS.test(entry.name) || entry.name.endsWith('/')) continue;
    const content = unzipper.unpack(entry);
    if (format === 'ods' && entry.name === 'content.xml') refuseRepeatBomb(content);
    files.set(entry.name, content);
  }
  return storeZip(files);
}

/** ODS can say "this cell, a million times, in a million rows" in a hundred bytes; the reader would obey. */
function refuseRepeatBomb(content: Uint8Array): void {
  const xml = new TextDecoder().decode(content);
  const repeated = (attributes: string, what: string) =>
    Number(new RegExp(`number-${what}-repeated\\s*=\\s*["'](\\d{1,9})`).exec(attributes)?.[1] ?? 1);
  let rowRepeat = 1;
  let cells = 0;
  for (const [, tag, attributes = ''] of xml.matchAll(/<(?:[\w-]+:)?(table-row|table-cell)\b([^<>]*)>/g)) {
    if (tag === 'table-row') rowRepeat = repeated(attributes, 'rows');
    else if (!attributes.endsWith('/')) cells += rowRepeat * repeated(attributes, 'columns');
    if (cells > MAX_SHEET_ROWS * MAX_SHEET_COLUMNS) {
      throw new SheetError(
        'file-too-large',
        'The workbook repeats cells millions of times. Save only the sheet with the leads, best as CSV, and try again.',
      );
    }
  }
}

function open(bytes: Uint8Array): WorkBook {
  try {
    return read(bytes, {
      type: 'array',
      dense: true,
      cellNF: true,
      cellHTML: false,
      cellFormula: false,
      cellStyles: false,
      bookVBA: false,
    });
  } catch (cause) {
    if (/password|encrypt/i.test(String(cause))) throw passwordProtected(cause);
    throw corrupt(cause);
  }
}

function worksheetRows(workbook: WorkBook, name: string): RawRow[] {
  const sheet = workbook.Sheets[name] as DenseWorkSheet | undefined;
  const date1904 = workbook.Workbook?.WBProps?.date1904 === true;
  const rows: RawRow[] = [];
  // forEach skips the holes of a sparse sheet, whose last row may be the 1,048,576th
  sheet?.['!data']?.forEach((row: readonly (CellObject | undefined)[] | undefined, index) => {
    const cells: string[] = [];
    row?.forEach((cell, column) => {
      const text = cell ? cellText(cell, date1904) : '';
      if (!text.trim()) return;
      while (cells.length < column) cells.push('');
      cells.push(text);
    });
    if (cells.length > 0) rows.push({ line: index + 1, cells });
  });
  return rows;
}
