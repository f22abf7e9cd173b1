import { describe, expect, it } from 'vitest';
import { formatAgo, formatBytes, formatSpan, formatTimer, plural } from './format';

describe('formatTimer', () => {
  it('counts minutes without a leading zero and hours only when there are any', () => {
    expect(formatTimer(0)).toBe('0:00');
    expect(formatTimer(7_999)).toBe('0:07');
    expect(formatTimer(765_000)).toBe('12:45');
    expect(formatTimer(3_723_000)).toBe('1:02:03');
  });

  it('never runs below zero when a clock is set back', () => {
    expect(formatTimer(-500)).toBe('0:00');
  });
});

describe('formatSpan', () => {
  it('says seconds, minutes or hours', () => {
    expect(formatSpan(45_000)).toBe('45 s');
    expect(formatSpan(12 * 60_000)).toBe('12 min');
    expect(formatSpan(200 * 60_000)).toBe('3 h 20 min');
    expect(formatSpan(120 * 60_000)).toBe('2 h');
  });
});

describe('formatAgo', () => {
  const now = Date.parse('2026-05-10T12:00:00Z');
  it('is relative for a day, then names the day', () => {
    expect(formatAgo(now - 20_000, now)).toBe('just now');
    expect(formatAgo(now - 5 * 60_000, now)).toBe('5 min ago');
    expect(formatAgo(now - 3 * 3_600_000, now)).toBe('3 h ago');
    expect(formatAgo(now - 3 * 86_400_000, now)).toContain('7');
  });
});

it('counts in words and bytes', () => {
  expect(plural(1, 'row')).toBe('1 row');
  expect(plural(12_345, 'row')).toBe('12,345 rows');
  expect(formatBytes(20_000_000)).toBe('20.0 MB');
  expect(formatBytes(1_500)).toBe('2 kB');
});
