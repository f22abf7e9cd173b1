import { expect, it } from 'vitest';
import { missingOf } from './missing-chunks';

const come = (part: number, ...numbers: number[]) => numbers.map((n) => ({ part, n }));

it.each([
  ['nothing', [], [{ part: 0, from: 0, to: 4 }]],
  ['all', come(0, 0, 1, 2, 3, 4), []],
  ['all but the first', come(0, 1, 2, 3, 4), [{ part: 0, from: 0, to: 0 }]],
  ['all but the last two', come(0, 0, 1, 2), [{ part: 0, from: 3, to: 4 }]],
  [
    'every other',
    come(0, 0, 2, 4),
    [
      { part: 0, from: 1, to: 1 },
      { part: 0, from: 3, to: 3 },
    ],
  ],
  ['more than is named', come(0, 0, 1, 2, 3, 4, 5, 9), []],
  ['another part', come(1, 0, 1, 2, 3, 4), [{ part: 0, from: 0, to: 4 }]],
])('names what is missing when %s has come', (_what, chunks, missing) => {
  expect(missingOf([{ part: 0, chunks: 5 }], chunks)).toEqual(missing);
});

it('names the chunks of each part', () => {
  const parts = [
    { part: 0, chunks: 2 },
    { part: 1, chunks: 2 },
  ];
  expect(missingOf(parts, [...come(0, 0), ...come(1, 1)])).toEqual([
    { part: 0, from: 1, to: 1 },
    { part: 1, from: 0, to: 0 },
  ]);
});
