import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, it } from 'vitest';
import { extractLeads, guessMapping, readSheet } from '../src/index';

function leadsOf(text: string) {
  const table = readSheet(new TextEncoder().encode(text), 'leads.csv');
  return { table, ...extractLeads(table, guessMapping(table, { country: 'US' }), { country: 'US' }) };
}

const people = (from: number, city = '') =>
  Array.from({ length: 6 }, (_, n) => `Person ${from + n},20255501${from + n}${city}`);

it('keeps the first of two exports that were pasted below one another', () => {
  const { counts, notData } = leadsOf(
    ['Name,Phone', ...people(10), 'Name,Phone,City', ...people(20, ',Bonn')].join('\n'),
  );
  expect(counts).toEqual({ rows: 14, taken: 12, duplicates: 0, rejected: 0, notData: 2 });
  expect(notData.map(({ line, reason }) => [line, reason])).toEqual([
    [1, 'titles'],
    [8, 'titles-again'],
  ]);
});

it('takes no later row of words for titles while leads stand above it', () => {
  const { counts, leads } = leadsOf([...people(10), 'Company,Phone', ...people(20)].join('\n'));
  expect(leads).toHaveLength(12);
  expect(counts.rows).toBe(13);
});

it('finds titles that stand far down', () => {
  const preamble = Array.from({ length: 39 }, (_, n) => `Remark ${n}`);
  const { table, counts } = leadsOf([...preamble, 'Name,Phone', ...people(10)].join('\n'));
  expect(table.headerLine).toBe(40);
  expect(counts).toMatchObject({ rows: 46, taken: 6, notData: 40 });
});

it('names every line once, whatever stands where', () => {
  const row = fc.oneof(
    fc.constant(['Name', 'Phone', 'City']),
    fc.tuple(
      fc.constantFrom('Ann', 'Bob', ''),
      fc.constantFrom('2025550101', '(202) 555-0102', 'x', ''),
      fc.string(),
    ),
    fc.array(fc.string({ maxLength: 12 }), { maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
      const text = Papa.unparse([...rows, ['Zoe', '2025550199', '']], { quotes: true });
      const table = readSheet(new TextEncoder().encode(text), 'x.csv', { delimiter: ',' });
      const mapping = { ...guessMapping(table, { country: 'US' }), phoneColumns: [1] };
      const { leads, duplicates, rejected, notData } = extractLeads(table, mapping, { country: 'US' });
      const named = [...leads, ...duplicates, ...rejected, ...notData].map(({ line }) => line);
      expect(named.sort((a, b) => a - b)).toEqual(table.rows.map(({ line }) => line));
    }),
    { numRuns: 300 },
  );
});
