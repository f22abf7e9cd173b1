import { expect, it } from 'vitest';
import { maskNumbers } from './logger';

it('leaves of a telephone number only what helps to recognise it', () => {
  expect(maskNumbers('dialing +12025550123 now')).toBe('dialing +…23 now');
  expect(maskNumbers('port 4000, 31 calls')).toBe('port 4000, 31 calls');
});
