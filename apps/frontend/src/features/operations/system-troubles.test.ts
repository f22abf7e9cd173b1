import type { Health } from '@outdial/contracts';
import { expect, it } from 'vitest';
import { troublesOf } from './system-troubles';

const WELL: Health = {
  success: true,
  status: 'healthy',
  db: 'connected',
  redis: 'connected',
  switch: 'not-checked',
  disk: 'fine',
  timestamp: '2026-11-21T09:00:00.000Z',
};

it('has nothing to say while all is well', () => {
  expect(troublesOf(WELL)).toEqual([]);
});

it('names each part that is away, and what waits for it', () => {
  const troubles = troublesOf({ ...WELL, db: 'disconnected', redis: 'disconnected', switch: 'disconnected' });
  expect(troubles.map(({ part }) => part)).toEqual(['Database', 'Switch', 'Redis']);
  expect(troubles.every(({ isNow }) => isNow)).toBe(true);
});

it('warns of a disk that fills, and says that recordings wait once it has', () => {
  expect(troublesOf({ ...WELL, disk: 'low' })).toMatchObject([{ part: 'Disk', isNow: false }]);
  expect(troublesOf({ ...WELL, disk: 'full' })[0]?.words).toContain('recordings wait in the browsers');
});
