import type { SheetMapping, SheetPreview } from '@outdial/sheets';
import type { ReadState } from './sheet-review';

type Understood = Pick<ReadState, 'preview' | 'mapping'>;

/** The columns as they are guessed. */
export function guessOf({ guess }: SheetPreview): SheetMapping {
  const { confidence: _confidence, countryFits: _fits, ...mapping } = guess;
  return mapping;
}

/** What is detected in a file of which the agent said `reading`; where something was said, as it was before. */
export function detectedIn(
  preview: SheetPreview,
  { reading, detected }: Pick<ReadState, 'reading' | 'detected'>,
): ReadState['detected'] {
  return {
    encoding: reading.encoding ? detected.encoding : preview.encoding,
    delimiter: reading.delimiter ? detected.delimiter : preview.delimiter,
  };
}

/** What the agent chose by hand as long as the columns stay where they were, else a fresh guess. */
export function mappingFor(preview: SheetPreview, before: Understood): SheetMapping {
  if (!isChosenByHand(before) || !hasSameColumns(preview, before.preview)) return guessOf(preview);
  return { ...before.mapping, headerLine: preview.headerLine };
}

function isChosenByHand({ mapping, preview: { guess } }: Understood): boolean {
  return (
    mapping.phoneColumns.join() !== guess.phoneColumns.join() ||
    mapping.nameColumns.join() !== guess.nameColumns.join()
  );
}

function hasSameColumns(one: SheetPreview, other: SheetPreview): boolean {
  const places = ({ columns }: SheetPreview) => columns.map(({ index }) => index).join();
  return (
    one.delimiter === other.delimiter && one.sheetName === other.sheetName && places(one) === places(other)
  );
}
