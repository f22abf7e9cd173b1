import fc from 'fast-check';
import { getExampleNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { expect, it } from 'vitest';
import { internationalNumber, nationalNumber } from './e164';
import { COUNTRIES } from './plan';

const country = fc.constantFrom(...COUNTRIES);
/** Digits near numbers that exist: an example with some of them changed, put in or taken away. */
const nearNumbers = fc
  .tuple(country, fc.array(fc.tuple(fc.nat(14), fc.constantFrom(...'0123456789', '')), { maxLength: 3 }))
  .map(([from, changes]) => {
    const digits = [...(getExampleNumber(from, examples)?.nationalNumber ?? '2025550101')];
    for (const [at, digit] of changes) digits[at % digits.length] = digit;
    return digits.join('');
  });

it('agrees with the library on numbers with a calling code', () => {
  fc.assert(
    fc.property(country, nearNumbers, (where, national) => {
      const code = getExampleNumber(where, examples)?.countryCallingCode ?? '1';
      const parsed = parsePhoneNumberFromString(`+${code}${national}`, { extract: false });
      const expected = parsed?.isValid() && parsed.number.length <= 16 ? parsed.number : undefined;
      expect(internationalNumber(`${code}${national}`)?.phone).toBe(expected);
    }),
    { numRuns: 3000 },
  );
});

it('agrees with the library on numbers as they are dialed at home', () => {
  fc.assert(
    fc.property(country, nearNumbers, fc.constantFrom('', '0', '8', '1'), (where, national, prefix) => {
      const digits = prefix + national;
      const parsed = parsePhoneNumberFromString(digits, { extract: false, defaultCountry: where });
      const ours = nationalNumber(digits, where);
      // The library also reads a calling code without a plus and the prefix of calls abroad; that is decided elsewhere.
      const code = getExampleNumber(where, examples)?.countryCallingCode ?? '1';
      if (parsed && (parsed.countryCallingCode !== code || digits.startsWith(code))) return;
      const expected = parsed?.isValid() && parsed.number.length <= 16 ? parsed.number : undefined;
      expect(ours?.phone).toBe(expected);
    }),
    { numRuns: 3000 },
  );
});

it('never gives more than 15 digits', () => {
  expect(internationalNumber('4936962890999999')).toBeNull();
  expect(nationalNumber('36962890999999', 'DE')).toBeNull();
});
