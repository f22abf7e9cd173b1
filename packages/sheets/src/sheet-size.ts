import { MAX_SHEET_BYTES, MAX_SHEET_CELLS, MAX_TEXT_LINES } from './limits';
import { SheetError } from './sheet-error';

/** Refuses a file by its size, before it is read. @throws SheetError `empty-file`, `file-too-large` */
export function assertSheetSize(size: number): void {
  if (size === 0) {
    throw new SheetError('empty-file', 'The file is empty. Choose a sheet with one lead in each row.');
  }
  if (size > MAX_SHEET_BYTES) {
    throw new SheetError(
      'file-too-large',
      `The file has ${(size / 1024 / 1024).toFixed(1)} MB; ${MAX_SHEET_BYTES / 1024 / 1024} MB is the most. Split it, or leave out columns you do not need.`,
    );
  }
}

export function tooManyCells(): SheetError {
  return new SheetError(
    'file-too-large',
    `The file has more than ${MAX_SHEET_CELLS.toLocaleString('en')} cells. Save only the sheet and the columns with the leads, and try again.`,
  );
}

/** Refuses text of more lines than memory holds rows. @throws SheetError `file-too-large` */
export function assertLineCount(text: string): void {
  const lines = Math.max(count(text, '\n'), count(text, '\r'));
  if (lines > MAX_TEXT_LINES)
    throw new SheetError(
      'file-too-large',
      `The file has ${lines.toLocaleString('en')} lines, most of them blank. Save only the rows with leads, and try again.`,
    );
}

/** Refuses text that would be cut into more cells than memory holds. @throws SheetError `file-too-large` */
export function assertCellCount(text: string, delimiter: string): void {
  if (count(text, '\n') + count(text, delimiter) > MAX_SHEET_CELLS) throw tooManyCells();
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found++;
  return found;
}
