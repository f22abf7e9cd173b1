import { expect, it } from 'vitest';
import { safeNext } from './sign-in-page';

it('goes on to pages of ours only', () => {
  expect(safeNext('/dashboard/agent/calls?status=busy')).toBe('/dashboard/agent/calls?status=busy');
  expect(safeNext('//evil.example/dashboard')).toBeNull();
  expect(safeNext('https://evil.example/dashboard')).toBeNull();
  expect(safeNext('/dashboard/../login')).toBeNull();
  expect(safeNext(null)).toBeNull();
});
