import { expect, it } from 'vitest';
import { formatPhone, phoneCountry, toDialable } from './phone';

it('writes numbers nationally at home and internationally abroad', () => {
  expect(formatPhone('+12025550101', 'US')).toBe('(202) 555-0101');
  expect(formatPhone('+12025550101', 'DE')).toBe('+1 202 555 0101');
  expect(formatPhone('*43', 'US')).toBe('*43');
});

it('reads what an agent types as E.164 or a feature code', () => {
  expect(toDialable('(202) 555-0101', 'US')).toBe('+12025550101');
  expect(toDialable('+49 30 901820', 'US')).toBe('+4930901820');
  expect(toDialable('*43', 'US')).toBe('*43');
  expect(toDialable('hello', 'US')).toBeNull();
  expect(toDialable('12', 'US')).toBeNull();
});

it('tells the country of a number', () => {
  expect(phoneCountry('+12025550101')).toBe('US');
  expect(phoneCountry('*43')).toBeNull();
});
