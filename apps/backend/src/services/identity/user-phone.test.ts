import { expect, it } from 'vitest';
import { freeExtension, sipUsernameOf } from './user-phone';

it('gives the lowest extension that is free', () => {
  expect(freeExtension([])).toBe('1001');
  expect(freeExtension(['1001', '1002', '1004', '9999999999'])).toBe('1003');
});

it('makes a SIP user name that fits its column', () => {
  const userId = '0190a3d2-9a5e-7c44-8d38-1f6a3c2b7e90';
  expect(sipUsernameOf('acme', userId)).toBe(`acme-${userId}`);
  expect(sipUsernameOf('a'.repeat(60), userId).length).toBeLessThanOrEqual(64);
});
