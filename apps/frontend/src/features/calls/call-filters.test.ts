import { expect, it } from 'vitest';
import { readFilters, searchOf, toQuery, writeFilters } from './call-filters';
import { fromDay, presetRange, rangeWords, toDay } from './day-range';

it('survives the way through a URL', () => {
  const filters = {
    from: '2026-05-01',
    to: '2026-05-10',
    status: ['busy', 'no-answer'],
    agent: 'a1',
    number: '+1 202',
  } as const;
  const search = writeFilters(new URLSearchParams('call=c1'), filters);
  expect(search.get('call')).toBe('c1');
  expect(readFilters(search)).toEqual(filters);
  expect(writeFilters(search, {}).toString()).toBe('call=c1');
});

it('leaves out what makes no sense', () => {
  expect(readFilters(new URLSearchParams('from=2026-13-40&status=busy,nonsense&number=%40%3F'))).toEqual({
    status: ['busy'],
  });
});

it('searches for a name when there is a letter, else for a number', () => {
  expect(searchOf(' Jamal ')).toEqual({ name: 'Jamal' });
  expect(searchOf('Łukasz 2')).toEqual({ name: 'Łukasz 2' });
  expect(searchOf('+1 (202) 555')).toEqual({ number: '+1 (202) 555' });
  expect(searchOf('*43')).toEqual({ number: '*43' });
  expect(searchOf(' ')).toEqual({});
  expect(readFilters(new URLSearchParams('number=Jamal'))).toEqual({ name: 'Jamal' });
  expect(toQuery({ name: 'Jamal' })).toEqual({ name: 'Jamal' });
});

it('asks for whole days in the viewer’s zone', () => {
  const { from, to } = toQuery({ from: '2026-05-10', to: '2026-05-10' });
  expect(Date.parse(to ?? '') - Date.parse(from ?? '')).toBe(86_400_000);
  expect(new Date(from ?? '').getHours()).toBe(0);
});

it('knows days and presets', () => {
  const now = new Date(2026, 4, 10, 15);
  expect(toDay(now)).toBe('2026-05-10');
  expect(fromDay('2026-02-30')).toBeNull();
  expect(presetRange('Last 7 days', now)).toEqual({ from: '2026-05-04', to: '2026-05-10' });
  expect(rangeWords({ from: '2026-05-09', to: '2026-05-09' }, now)).toBe('Yesterday');
});
