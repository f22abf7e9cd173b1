import fc from 'fast-check';
import { expect, it } from 'vitest';
import { publicId, rowId, uuidBytes, uuidText } from './public-ids';

const number = fc.integer({ min: 1, max: 0xffff_ffff });

it('gives back the number of its own ids, and of no other noun’s', () => {
  fc.assert(
    fc.property(number, (id) => {
      const text = publicId('lead', id);
      expect(text).toMatch(/^[A-Za-z0-9]{8,}$/);
      expect(rowId('lead', text)).toBe(id);
      expect(rowId('agent', text)).toBe(0);
    }),
  );
});

it('reads what it did not make as nobody', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(rowId('lead', text)).toBe(0);
    }),
  );
  for (const text of ['1', '', publicId('lead', 7).slice(1), `${publicId('lead', 7)}x`])
    expect(rowId('lead', text)).toBe(0);
});

it('keeps UUIDs, and reads no UUID as nobody’s', () => {
  fc.assert(
    fc.property(fc.uuid(), (text) => {
      expect(uuidText(uuidBytes(text))).toBe(text);
    }),
  );
  expect(uuidBytes('no-uuid')).toEqual(new Uint8Array(16));
});
