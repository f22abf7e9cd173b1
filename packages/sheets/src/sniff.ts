import type { SheetFormat } from './raw-sheet';
import { detectContainer, refuseNonText } from './sheet-format';
import { assertSheetSize } from './sheet-size';
import { decodeText } from './text-encoding';

/** Enough text to tell a sheet from a program, a picture or a web page. */
const SAMPLE_BYTES = 64 * 1024;

/**
 * Tells what kind of sheet a file is without reading it.
 * @throws SheetError for what cannot be one, empty files included
 */
export function sniffSheet(bytes: Uint8Array): SheetFormat {
  assertSheetSize(bytes.length);
  const { format } = detectContainer(bytes);
  if (format === 'text') refuseNonText(bytes, decodeText(bytes.subarray(0, SAMPLE_BYTES)).text);
  return format;
}
