import { expect, it } from 'vitest';
import { RestartPolicy } from './restart-policy';

it('starts at once after an accident, and waits longer the more often it happens', () => {
  const policy = new RestartPolicy();
  const pauses = [0, 1000, 2000, 3000, 4000, 5000].map((now) => policy.died(now).pauseMs);
  expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 4000]);
});

it('finds five deaths within twenty seconds too many for an accident', () => {
  const policy = new RestartPolicy();
  const verdicts = [0, 5000, 10_000, 15_000, 19_999].map((now) => policy.died(now).tooOften);
  expect(verdicts).toEqual([false, false, false, false, true]);
});

it('forgives what is longer ago', () => {
  const policy = new RestartPolicy();
  for (const now of [0, 1000, 2000, 3000]) policy.died(now);
  expect(policy.died(23_001)).toEqual({ pauseMs: 250, tooOften: false });
});
