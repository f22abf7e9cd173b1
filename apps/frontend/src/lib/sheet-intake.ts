import type { Sheet } from '@outdial/contracts';
import { formatBytes, formatCount, plural } from './format';

/** Why a sheet cannot be dialed yet. */
export type Intake =
  | { readonly state: 'not-asked' }
  | { readonly state: 'failed'; readonly message: string }
  | {
      readonly state: 'under-way';
      /** What is being done, with a number where there is one. */
      readonly words: string;
      /** The same in steps that are worth hearing. */
      readonly spoken: string;
      /** Null until the rows have been counted. */
      readonly rows: { readonly done: number; readonly total: number } | null;
    };

/** How far a sheet is on its way from the file to leads; null when its leads are there. */
export function intakeOf(sheet: Pick<Sheet, 'status' | 'import' | 'sizeBytes'>): Intake | null {
  const { status, import: progress, sizeBytes } = sheet;
  if (progress?.state === 'failed')
    return { state: 'failed', message: progress.failure?.message ?? 'The sheet could not be taken in.' };
  if (status === 'uploaded') return { state: 'not-asked' };
  if (status !== 'importing') return null;
  if (progress?.state === 'writing' && progress.rows !== null)
    return writing(progress.written, progress.rows);
  const words = progress?.state === 'queued' ? 'Waiting to be taken in' : `Reading ${formatBytes(sizeBytes)}`;
  return { state: 'under-way', words, spoken: words, rows: null };
}

function writing(done: number, total: number): Intake {
  const tenths = total > 0 ? Math.floor((10 * done) / total) : 0;
  return {
    state: 'under-way',
    words: `${formatCount(done)} of ${plural(total, 'row')}`,
    spoken: `${tenths * 10}% of ${plural(total, 'row')} taken in`,
    rows: { done, total },
  };
}
