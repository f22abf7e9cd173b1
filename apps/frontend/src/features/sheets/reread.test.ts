import { guessMapping, previewSheet, type ReadSheetOptions, readSheet } from '@outdial/sheets';
import { expect, it } from 'vitest';
import { detectedIn, guessOf, mappingFor } from './reread';

const FILE = 'Name,Home,Office\nZo\xeb,+12025550130,+12025550131\nBob,+12025550133,+12025550141';

function preview(options: ReadSheetOptions = {}) {
  const table = readSheet(
    Uint8Array.from(FILE, (char) => char.charCodeAt(0)),
    'x.csv',
    options,
  );
  return previewSheet(table, guessMapping(table, { country: 'US' }));
}

it('keeps the columns chosen by hand when only the letters change', () => {
  const before = { preview: preview(), mapping: { ...guessOf(preview()), phoneColumns: [2] } };
  const after = preview({ encoding: 'iso-8859-2' });
  expect(mappingFor(after, before)).toEqual({ headerLine: 1, phoneColumns: [2], nameColumns: [0] });
});

it('guesses the columns afresh when they are cut otherwise', () => {
  const before = {
    preview: preview({ delimiter: ';' }),
    mapping: { ...guessOf(preview()), phoneColumns: [0] },
  };
  expect(mappingFor(preview(), before)).toEqual(guessOf(preview()));
});

it('guesses afresh what nobody chose', () => {
  const read = preview();
  expect(
    mappingFor(preview({ headerLine: null }), { preview: read, mapping: guessOf(read) }).headerLine,
  ).toBe(null);
});

it('remembers what was detected beside what was said', () => {
  const detected = { encoding: 'windows-1252', delimiter: ',' } as const;
  const reading = { encoding: 'iso-8859-2', delimiter: ';' } as const;
  expect(detectedIn(preview(reading), { reading, detected })).toEqual(detected);
  expect(detectedIn(preview(), { reading: {}, detected: { encoding: 'utf-8', delimiter: ';' } })).toEqual(
    detected,
  );
});
