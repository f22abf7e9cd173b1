import { MAX_SHEET_BYTES } from './limits';
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
