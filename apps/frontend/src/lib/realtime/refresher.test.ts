import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Refresher } from './refresher';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('makes one of many words, and lets an answer on its way arrive', async () => {
  const refresher = new Refresher();
  const task = vi.fn(() => new Promise<void>((resolve) => setTimeout(resolve, 400)));
  const say = () => refresher.soon('sheet', 100, task);
  say();
  say();
  await vi.advanceTimersByTimeAsync(99);
  expect(task).toHaveBeenCalledTimes(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(task).toHaveBeenCalledTimes(1);
  say();
  say();
  await vi.advanceTimersByTimeAsync(300);
  expect(task).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(task).toHaveBeenCalledTimes(2);
});

it('goes on after a failure, and stops when it is closed', async () => {
  const refresher = new Refresher();
  const task = vi.fn(async () => {
    throw new Error('away');
  });
  refresher.soon('sheet', 100, task);
  await vi.advanceTimersByTimeAsync(100);
  refresher.soon('sheet', 100, task);
  refresher.soon('queue', 100, task);
  refresher.close();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(task).toHaveBeenCalledTimes(1);
});
