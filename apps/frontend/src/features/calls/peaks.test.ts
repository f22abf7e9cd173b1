import { expect, it } from 'vitest';
import { readPeaks } from './peaks';

function dat(fields: readonly number[], values: readonly number[]): ArrayBuffer {
  const file = new ArrayBuffer(24 + values.length);
  const view = new DataView(file);
  for (const [index, field] of fields.entries()) view.setInt32(4 * index, field, true);
  new Int8Array(file, 24).set(values);
  return file;
}

it('reads both channels, the greatest before the least', () => {
  const file = dat([2, 1, 48_000, 2_400, 2, 2], [-64, 32, -128, 127, 0, 0, -1, 64]);
  expect(readPeaks(file).map((peaks) => [...peaks])).toEqual([
    [0.25, -0.5, 0, 0],
    [127 / 128, -1, 0.5, -1 / 128],
  ]);
});

it.each([
  ['nothing', new ArrayBuffer(0)],
  ['another version', dat([1, 1, 48_000, 2_400, 0, 2], [])],
  ['16 bits', dat([2, 0, 48_000, 2_400, 0, 2], [])],
  ['less than it says', dat([2, 1, 48_000, 2_400, 9, 2], [0, 0])],
])('refuses %s', (_what, file) => {
  expect(() => readPeaks(file)).toThrow();
});
