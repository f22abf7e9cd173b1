import { describe, expect, it } from 'vitest';
import { firstIdAt, timeId } from '../../db/time-id';
import { localDayOf, rangesBetween, wholeDays } from './local-days';

const HOUR_MS = 3_600_000;
const idAt = (iso: string) => firstIdAt(new Date(iso));
const hoursOf = (iso: string, zone: string) => {
  const { from, before } = localDayOf(idAt(iso), zone);
  return (before - from) / 4096 / HOUR_MS;
};

/** Zones whose clocks do odd things: half hours, leaps over midnight, two midnights, two hours, a quarter. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/Havana',
  'Atlantic/Azores',
  'Asia/Beirut',
  'Africa/Cairo',
  'America/Santiago',
  'Antarctica/Troll',
  'Antarctica/Casey',
  'Pacific/Kiritimati',
];

describe.each(ZONES)('days of %s', (timeZone) => {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone });
  const dateOf = (ms: number) => date.format(ms);
  const all = wholeDays(
    { from: idAt('2020-01-10T00:00:00Z'), before: idAt('2028-01-01T00:00:00Z') },
    timeZone,
  );

  it('follow each other without a gap', () => {
    expect(all.length).toBeGreaterThan(2_900);
    for (const [index, day] of all.slice(1).entries()) expect(day.from).toBe(all[index]?.before);
  });

  it('begin when their date first shows', () => {
    const epoch = Date.UTC(2020, 0, 1);
    for (const { day, from } of all) {
      const start = epoch + from / 4096;
      expect(dateOf(start)).toBe(day.toISOString().slice(0, 10));
      for (const earlier of [1, HOUR_MS, 2 * HOUR_MS])
        expect(dateOf(start - earlier) < day.toISOString().slice(0, 10)).toBe(true);
    }
  });

  it('are found by any call in them', () => {
    for (const day of all.filter((_, index) => index % 7 === 0))
      for (const id of [day.from, Math.floor((day.from + day.before) / 2), day.before - 1])
        expect(localDayOf(id, timeZone)).toEqual(day);
  });
});

it('have 23 and 25 hours when clocks change, and half an hour less on Lord Howe', () => {
  expect(hoursOf('2026-03-29T12:00:00Z', 'Europe/Berlin')).toBe(23);
  expect(hoursOf('2026-10-25T12:00:00Z', 'Europe/Berlin')).toBe(25);
  expect(hoursOf('2026-10-04T03:00:00Z', 'Australia/Lord_Howe')).toBe(23.5);
});

it('gives the whole days of a range, and what is left of it', () => {
  const range = { from: idAt('2026-03-28T10:00:00Z'), before: idAt('2026-03-31T10:00:00Z') };
  const days = wholeDays(range, 'Europe/Berlin');
  expect(days.map(({ day }) => day.toISOString().slice(0, 10))).toEqual(['2026-03-29', '2026-03-30']);
  expect(rangesBetween(range, days)).toEqual([
    { from: range.from, before: idAt('2026-03-28T23:00:00Z') },
    { from: idAt('2026-03-30T22:00:00Z'), before: range.before },
  ]);
  expect(rangesBetween(range, [])).toEqual([range]);
  expect(rangesBetween({ from: 5, before: 5 }, [])).toEqual([]);
  expect(wholeDays({ from: 5, before: 5 }, 'UTC')).toEqual([]);
  expect(localDayOf(timeId(new Date('2026-03-29T12:00:00Z')), 'Europe/Berlin')).toEqual(days[0]);
});
