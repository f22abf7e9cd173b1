/** A row as it stands in the file. */
export interface RawRow {
  /** 1-based line (text) or row (workbook) in the file. */
  line: number;
  cells: string[];
}

export type SheetFormat = 'text' | 'xlsx' | 'xls' | 'ods';

/** A worksheet of a workbook. */
export interface WorksheetInfo {
  name: string;
  /** Rows that hold anything. */
  rows: number;
  hidden: boolean;
}
