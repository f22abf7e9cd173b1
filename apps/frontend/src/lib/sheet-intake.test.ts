import type { Sheet } from '@outdial/contracts';
import { expect, it } from 'vitest';
import { intakeOf } from './sheet-intake';

type Progress = NonNullable<Sheet['import']>;
const importing = (progress: Partial<Progress>) =>
  intakeOf({
    status: 'importing',
    sizeBytes: 4_200_000,
    import: { state: 'queued', rows: null, written: 0, failure: null, ...progress },
  });

it('tells how far a sheet is, with numbers as soon as there are any', () => {
  expect(importing({})).toMatchObject({ words: 'Waiting to be taken in', rows: null });
  expect(importing({ state: 'reading' })).toMatchObject({ words: 'Reading 4.2 MB', rows: null });
  expect(importing({ state: 'writing', rows: 100_000, written: 12_000 })).toEqual({
    state: 'under-way',
    words: '12,000 of 100,000 rows',
    spoken: '10% of 100,000 rows taken in',
    rows: { done: 12_000, total: 100_000 },
  });
  expect(importing({ state: 'writing', rows: 0 })).toMatchObject({ words: '0 of 0 rows' });
});

it('says why a sheet was not taken in, and nothing once its leads are there', () => {
  const failure = { reason: 'encrypted', message: 'The workbook has a password.' };
  const failed = { state: 'failed', rows: null, written: 0, failure } as const;
  expect(intakeOf({ status: 'uploaded', sizeBytes: 1, import: failed })).toEqual({
    state: 'failed',
    message: 'The workbook has a password.',
  });
  expect(intakeOf({ status: 'uploaded', sizeBytes: 1, import: null })).toEqual({ state: 'not-asked' });
  expect(intakeOf({ status: 'ready', sizeBytes: 1, import: null })).toBeNull();
});
