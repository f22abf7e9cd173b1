import type { MappingGuess } from './columns/mapping';
import { PREVIEW_ROWS } from './limits';
import type { RawRow } from './raw-sheet';
import { dataRowCount, type SheetTable } from './sheet-table';

/** A sheet as far as the mapping step shows it. */
export interface SheetPreview extends Omit<SheetTable, 'rows' | 'firstRow'> {
  /** Rows below the header. */
  rowCount: number;
  /** Rows above the data, the header among them. */
  headRows: RawRow[];
  /** The first 20 rows below the header. */
  rows: RawRow[];
  guess: MappingGuess;
}

export function previewSheet(table: SheetTable, guess: MappingGuess): SheetPreview {
  const { rows, firstRow, ...rest } = table;
  return {
    ...rest,
    guess,
    rowCount: dataRowCount(table),
    headRows: rows.slice(0, firstRow),
    rows: rows.slice(firstRow, firstRow + PREVIEW_ROWS),
  };
}
