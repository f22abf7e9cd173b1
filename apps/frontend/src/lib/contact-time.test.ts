import { expect, it } from 'vitest';
import { contactTime } from './contact-time';

const now = Date.parse('2026-01-15T12:00:00Z');

it('gives one time for a country with one zone', () => {
  expect(contactTime('DE', now, 'en-GB')).toBe('13:00');
});

it('gives a range for a country with several', () => {
  expect(contactTime('US', now, 'en-GB')).toMatch(/^0[12]:00 – 07:00$/);
});
