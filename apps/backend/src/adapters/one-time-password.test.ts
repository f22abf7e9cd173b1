import { expect, it } from 'vitest';
import { makeOneTimePassword } from './one-time-password';

it('is four groups of characters that cannot be mistaken, and never the same', () => {
  const made = Array.from({ length: 500 }, makeOneTimePassword);
  for (const password of made) expect(password).toMatch(/^([2-9a-km-np-z]{4}-){3}[2-9a-km-np-z]{4}$/);
  expect(new Set(made).size).toBe(made.length);
});

it('uses all of its alphabet: 80 bits', () => {
  const seen = new Set(Array.from({ length: 500 }, makeOneTimePassword).join('').replaceAll('-', ''));
  expect(seen.size).toBe(32);
});
