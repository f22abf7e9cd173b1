import type { ColumnReading } from '../numbers/column-reading';
import type { SpelledCell } from '../numbers/phone-cell';

/** Numbers without a plus that may be such of the country or such with a country code, and what was made of them. */
export interface DoubtfulNumbers {
  /** `unsure`: none of them is dialed until somebody says how they are read. */
  reading: ColumnReading;
  /** How many cells it changes. */
  cells: number;
  /** How many cells without a plus are in use as numbers of the country, and how many as numbers with a code. */
  fitHome: number;
  fitAbroad: number;
  bare: number;
  /** One of them as it stands, and as E.164 under both readings; null where it is no number in use. */
  example: { value: string; home: string | null; abroad: string | null };
}

export function doubtsOf(
  column: readonly { value: string; cell: SpelledCell }[],
  reading: ColumnReading,
): DoubtfulNumbers | null {
  const doubts = { reading, cells: 0, fitHome: 0, fitAbroad: 0, bare: 0 };
  let example: DoubtfulNumbers['example'] | null = null;
  for (const { value, cell } of column) {
    const spelling = typeof cell === 'string' ? undefined : cell[0]?.spelling;
    if (spelling?.kind !== 'bare') continue;
    const { home, abroad, isOwnCode } = spelling;
    doubts.bare++;
    if (home) doubts.fitHome++;
    if (abroad) doubts.fitAbroad++;
    const isDoubtful = abroad && home?.phone !== abroad.phone && (home || !isOwnCode);
    if (!isDoubtful) continue;
    doubts.cells++;
    example ??= { value, home: home?.phone ?? null, abroad: abroad.phone };
  }
  return example && { ...doubts, example };
}
