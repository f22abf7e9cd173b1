import type { RawRow } from '../raw-sheet';
import type { SheetTable } from '../sheet-table';
import { type TitleMeaning, titleMeaning } from './title';

/** A column as far as its meaning is guessed from. */
export interface SampledColumn {
  readonly index: number;
  /** Empty where the sheet has no titles. */
  readonly title: string;
  readonly meaning: TitleMeaning;
  /** Filled cells of the sampled rows. */
  readonly values: readonly string[];
}

export interface Sample {
  readonly rows: readonly RawRow[];
  readonly columns: readonly SampledColumn[];
}

const SAMPLE = 300;

/** Rows from the whole sheet, evenly: the first page is not always typical. */
export function sampleColumns(table: SheetTable): Sample {
  const count = table.rows.length - table.firstRow;
  const step = Math.max(1, Math.floor(count / SAMPLE));
  const rows = Array.from(
    { length: Math.min(count, SAMPLE) },
    (_, i) => table.rows[table.firstRow + i * step],
  ).filter((row) => row !== undefined);
  const isTitled = table.headerLine !== null;
  const columns = table.columns.map(({ index, name }) => {
    const title = isTitled ? name : '';
    const values = rows.map((row) => row.cells[index] ?? '').filter((cell) => cell !== '');
    return { index, title, meaning: titleMeaning(title), values };
  });
  return { rows, columns };
}
