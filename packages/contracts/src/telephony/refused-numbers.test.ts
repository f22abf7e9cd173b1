import { expect, it } from 'vitest';
import { DEFAULT_REFUSED_NUMBERS, isRefused, REFUSED_NUMBERS_FORM } from './refused-numbers';

it.each([
  ['+19005550100', true],
  ['+881612345678', true],
  ['+9791234567', true],
  ['911', true],
  ['+12025550108', false],
  ['+491900123456', false],
  ['*43', false],
])('%s', (number, refused) => {
  expect(isRefused(number, DEFAULT_REFUSED_NUMBERS)).toBe(refused);
});

it('takes an asterisk for the rest of a number, and for itself in a code', () => {
  expect(isRefused('*99', '*99,+4990*')).toBe(true);
  expect(isRefused('*991', '*99,+4990*')).toBe(false);
  expect(isRefused('+49901', '*99,+4990*')).toBe(true);
});

it('has a form', () => {
  expect(DEFAULT_REFUSED_NUMBERS).toMatch(REFUSED_NUMBERS_FORM);
  for (const wrong of ['', '911, 112', '911,', '19*', 'x', '"'])
    expect(wrong).not.toMatch(REFUSED_NUMBERS_FORM);
});
