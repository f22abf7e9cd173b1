import { cleanCell } from './characters';
import { findHeader } from './columns/header';
import { type Delimiter, parseDelimited } from './delimited-text';
import { MAX_SHEET_CHARACTERS, MAX_SHEET_COLUMNS, MAX_SHEET_ROWS } from './limits';
import type { RawRow } from './raw-sheet';
import { SheetError } from './sheet-error';
import { corrupt, detectContainer, refuseNonText } from './sheet-format';
import { assertSheetSize } from './sheet-size';
import { dataRowCount, type SheetTable, withHeaderLine } from './sheet-table';
import { decodeText } from './text-encoding';
import { readWorkbook } from './workbook/read-workbook';

/** What the user may set right when the guess was wrong. */
export interface ReadSheetOptions {
  /** WHATWG encoding label for text files. */
  encoding?: string | undefined;
  delimiter?: Delimiter | undefined;
  /** Worksheet to read; else the one that is likeliest to hold leads. */
  sheetName?: string | undefined;
  /** Line of the column titles, null for none; else the row that looks like titles. */
  headerLine?: number | null | undefined;
}

type Contents = Pick<
  SheetTable,
  'format' | 'encoding' | 'delimiter' | 'sheetName' | 'sheets' | 'rows' | 'warnings'
>;

/**
 * Reads a lead sheet of any supported format, told by its content. The file name is only kept.
 * @throws SheetError, and nothing else, with a code and what to do about it.
 */
export function readSheet(bytes: Uint8Array, fileName: string, options: ReadSheetOptions = {}): SheetTable {
  assertSheetSize(bytes.byteLength);
  const contents = readContents(bytes, options);
  const rows = cleanRows(contents.rows);
  const draft: SheetTable = { ...contents, fileName, rows, headerLine: null, columns: [], firstRow: 0 };
  const table = withHeaderLine(
    draft,
    options.headerLine === undefined ? headerLineOf(rows) : options.headerLine,
  );
  const count = dataRowCount(table);
  if (count === 0) {
    throw new SheetError(
      'no-rows',
      'The sheet has no rows with leads. Put one lead in each row and upload it again.',
    );
  }
  if (count > MAX_SHEET_ROWS) {
    throw new SheetError(
      'too-many-rows',
      `The sheet has ${count.toLocaleString('en')} rows; ${MAX_SHEET_ROWS.toLocaleString('en')} is the most. Split it into smaller sheets.`,
    );
  }
  return table;
}

function headerLineOf(rows: readonly RawRow[]): number | null {
  const header = findHeader(rows);
  return header === null ? null : (rows[header]?.line ?? null);
}

function readContents(bytes: Uint8Array, options: ReadSheetOptions): Contents {
  try {
    const container = detectContainer(bytes);
    if (container.format === 'text') return readText(bytes, options);
    const workbook = readWorkbook(bytes, container, options.sheetName);
    return { format: container.format, encoding: null, delimiter: null, warnings: [], ...workbook };
  } catch (cause) {
    throw cause instanceof SheetError ? cause : corrupt(cause);
  }
}

function readText(bytes: Uint8Array, options: ReadSheetOptions): Contents {
  const { text, encoding, damaged } = decodeText(bytes, options.encoding);
  refuseNonText(bytes, text);
  const { rows, delimiter, strayQuotes } = parseDelimited(text, options.delimiter);
  const warnings = strayQuotes.map(
    (line) => `Line ${line} opens a quote that never closes; it was read as it stands.`,
  );
  if (damaged > 0) warnings.unshift(damageWarning(damaged, encoding));
  return { format: 'text', encoding, delimiter, sheetName: null, sheets: [], rows, warnings };
}

function damageWarning(damaged: number, encoding: string): string {
  const what = damaged === 1 ? '1 character is' : `${damaged.toLocaleString('en')} characters are`;
  return `${what} not ${encoding.toUpperCase()} and shown as \ufffd. If names look wrong, choose another encoding.`;
}

/** Cleans every cell and leaves out blank rows; line numbers stay those of the file. */
function cleanRows(raw: readonly RawRow[]): RawRow[] {
  const rows: RawRow[] = [];
  let characters = 0;
  for (const { line, cells } of raw) {
    const clean = cells.map(cleanCell);
    while (clean.length > 0 && clean.at(-1) === '') clean.pop();
    if (clean.length === 0) continue;
    if (clean.length > MAX_SHEET_COLUMNS) {
      throw new SheetError(
        'too-many-columns',
        `Line ${line} has ${clean.length} columns; ${MAX_SHEET_COLUMNS} is the most. Leave out columns you do not need.`,
      );
    }
    for (const cell of clean) characters += cell.length;
    if (characters > MAX_SHEET_CHARACTERS) {
      throw new SheetError(
        'file-too-large',
        'The cells hold too much text. Leave out columns you do not need.',
      );
    }
    rows.push({ line, cells: clean });
  }
  return rows;
}
