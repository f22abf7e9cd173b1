import { cut } from './characters';
import type { Delimiter } from './delimited-text';
import { MAX_COLUMN_NAME_LENGTH } from './limits';
import type { RawRow, SheetFormat, WorksheetInfo } from './raw-sheet';

/** A column that holds anything below the header. */
export interface SheetColumn {
  /** Place in the file, from 0; also the index into a row's `cells`. */
  index: number;
  /** Unique in the sheet, safe as a key of an object. */
  name: string;
  /** The first few different values. */
  samples: string[];
}

/** A sheet as it was understood. */
export interface SheetTable {
  fileName: string;
  format: SheetFormat;
  /** WHATWG label of the text encoding; null for workbooks. */
  encoding: string | null;
  /** What separates the columns of text; null for workbooks. */
  delimiter: Delimiter | null;
  /** The worksheet that was read; null for text. */
  sheetName: string | null;
  sheets: WorksheetInfo[];
  /** Line of the column titles; null if the first row already is a lead. */
  headerLine: number | null;
  columns: SheetColumn[];
  /** Every row that is not blank, titles and header too. */
  rows: RawRow[];
  /** Index in `rows` of the first row below the header. */
  firstRow: number;
  /** Sentences for the user about what was read differently than written. */
  warnings: string[];
}

const SAMPLES = 3;
/** Assigning to these on a plain object does harm or nothing; a whole number as key would lose the order. */
const UNSAFE_KEY =
  /^(__.*__|constructor|prototype|toString|toLocaleString|valueOf|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|toJSON|then)$/;

/** The same sheet with its titles on another line, or on none. */
export function withHeaderLine(table: SheetTable, headerLine: number | null): SheetTable {
  const header = headerLine === null ? -1 : table.rows.findIndex((row) => row.line === headerLine);
  const firstRow = header + 1;
  return {
    ...table,
    headerLine: header < 0 ? null : headerLine,
    firstRow,
    columns: describeColumns(table.rows, firstRow, header < 0 ? [] : (table.rows[header]?.cells ?? [])),
  };
}

/** How many rows stand below the header. */
export function dataRowCount(table: SheetTable): number {
  return table.rows.length - table.firstRow;
}

function describeColumns(
  rows: readonly RawRow[],
  firstRow: number,
  titles: readonly string[],
): SheetColumn[] {
  const samples: (string[] | undefined)[] = [];
  for (let i = firstRow; i < rows.length; i++) {
    const cells = rows[i]?.cells ?? [];
    for (let column = 0; column < cells.length; column++) {
      const cell = cells[column];
      if (!cell) continue;
      samples[column] ??= [];
      const seen = samples[column] as string[];
      if (seen.length < SAMPLES && !seen.includes(cell)) seen.push(cut(cell, MAX_COLUMN_NAME_LENGTH));
    }
  }
  const taken = new Set<string>();
  const columns: SheetColumn[] = [];
  for (const [index, values] of samples.entries()) {
    if (!values) continue;
    columns.push({ index, name: uniqueName(titles[index] ?? '', index, taken), samples: values });
  }
  return columns;
}

function uniqueName(title: string, index: number, taken: Set<string>): string {
  const plain = cut(title.replace(/\s+/g, ' '), MAX_COLUMN_NAME_LENGTH).trim();
  const base =
    !plain || UNSAFE_KEY.test(plain)
      ? `Column ${index + 1}`
      : /^\d+$/.test(plain)
        ? `Column ${plain}`
        : plain;
  let name = base;
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base} (${n})`;
  taken.add(name.toLowerCase());
  return name;
}
