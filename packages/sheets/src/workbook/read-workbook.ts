import { type CellObject, type DenseWorkSheet, read, type WorkBook } from 'xlsx';
import { likelySheet } from '../columns/likely-sheet';
import type { RawRow, WorksheetInfo } from '../raw-sheet';
import { SheetError } from '../sheet-error';
import { type Container, corrupt, passwordProtected } from '../sheet-format';
import { cellText } from './cell-text';
import { hiddenInOds, repairedOds } from './ods-parts';
import { XlsxParts } from './xlsx-parts';
import { storeZip, Unzipper, type ZipEntry } from './zip';

export interface WorkbookSheet {
  sheetName: string;
  sheets: WorksheetInfo[];
  rows: RawRow[];
}

/** Pictures, macros and the like: heavy, and never read. */
const UNREAD_PARTS =
  /^(xl\/(media|embeddings|printersettings|drawings|charts|comments\d*\.xml|threadedcomments|persons|pivotcache|pivottables)\/?|xl\/vbaproject\.bin|pictures\/|thumbnails\/)/i;

/**
 * Reads a worksheet as text: the one asked for, else the likeliest to hold leads. Formulas are
 * never evaluated; the value their program stored last is the text.
 * @throws SheetError `corrupt`, `password-protected`, `file-too-large`, `no-such-sheet`, `no-rows`
 */
export function readWorkbook(
  bytes: Uint8Array,
  container: Exclude<Container, { format: 'text' }>,
  wanted?: string,
): WorkbookSheet {
  const { source, hidden } =
    container.format === 'xls'
      ? { source: bytes, hidden: new Set<string>() }
      : repack(bytes, container.entries, container.format);
  const workbook = open(source);
  const all = workbook.SheetNames.map((name, index) => ({
    name,
    rows: worksheetRows(workbook, name),
    hidden: hidden.has(name) || (workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0,
  }));
  const chosen = wanted === undefined ? likelySheet(all) : all.find((sheet) => sheet.name === wanted);
  if (!chosen && wanted !== undefined) {
    throw new SheetError('no-such-sheet', `The workbook has no sheet "${wanted}". Choose another one.`);
  }
  return {
    sheetName: chosen?.name ?? '',
    rows: chosen?.rows ?? [],
    sheets: all.map(({ name, rows, hidden }) => ({ name, rows: rows.length, hidden })),
  };
}

interface Repacked {
  source: Uint8Array;
  /** Sheets that are hidden in a way SheetJS does not tell. */
  hidden: Set<string>;
}

/** The parts that are read, put right, in a container of bounded size. */
function repack(bytes: Uint8Array, entries: readonly ZipEntry[], format: 'xlsx' | 'ods'): Repacked {
  const parts = new XlsxParts();
  let hidden = new Set<string>();
  const unzipper = new Unzipper(bytes);
  const files = new Map<string, Uint8Array>();
  for (const entry of entries) {
    if (UNREAD_PARTS.test(entry.name) || entry.name.endsWith('/')) continue;
    const content = unzipper.unpack(entry);
    if (format === 'xlsx') files.set(entry.name, parts.repaired(entry.name, content));
    else if (entry.name !== 'content.xml') files.set(entry.name, content);
    else {
      files.set(entry.name, repairedOds(content));
      hidden = hiddenInOds(content);
    }
  }
  return { source: storeZip(files), hidden };
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
