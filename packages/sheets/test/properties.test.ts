import fc from 'fast-check';
import { zipSync } from 'fflate';
import iconv from 'iconv-lite';
import Papa from 'papaparse';
import { expect, it } from 'vitest';
import {
  type CountryCode,
  extractLeads,
  guessMapping,
  parsePhoneCell,
  readSheet,
  rejectsCsv,
  SheetError,
  toCsv,
} from '../src/index';

const COUNTRIES: CountryCode[] = ['US', 'GB', 'DE', 'FR', 'IN', 'BR', 'JP'];
const country = fc.constantFrom(...COUNTRIES);
const suffix = fc.integer({ min: 100, max: 199 }).map((n) => `0${n}`);
const spelledPhone = fc
  .tuple(
    suffix,
    fc.constantFrom('202555%', '+1 (202) 555-%', '202.555.%', '001202555%', '1-202-555-%', "'202 555 %"),
  )
  .map(([last, pattern]) => pattern.replace('%', last));

/** Names as people have them in Western sheets: all of these exist in Windows-1252. */
const name = fc
  .array(
    fc.constantFrom(
      'Ann',
      'O’Neil',
      'Müller',
      'Zoë',
      'Peña',
      'de la Cruz',
      'Smith, Jr',
      '"Bo"',
      'A|B',
      'x;y',
      'Søren',
    ),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((parts) => parts.join(' '));

it('reads back any table in any encoding, delimiter and quoting', { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(name, spelledPhone, name), { minLength: 2, maxLength: 40 }),
      fc.constantFrom(',', ';', '\t', '|'),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.constantFrom('utf-8', 'utf-16le', 'utf-16be', 'windows-1252'),
      fc.boolean(),
      fc.boolean(),
      (rows, delimiter, newline, encoding, quotes, addBOM) => {
        const written = [['Name', 'Phone', 'Note'], ...rows];
        const text = Papa.unparse(written, { delimiter, newline, quotes });
        const table = readSheet(new Uint8Array(iconv.encode(text, encoding, { addBOM })), 'x.csv');
        expect(table.rows.map(({ cells }) => cells)).toEqual(written);
        expect(table.delimiter).toBe(delimiter);
        expect(table.headerLine).toBe(1);
      },
    ),
    { numRuns: 300 },
  );
});

it('reads E.164 as itself in every country', () => {
  fc.assert(
    fc.property(spelledPhone, country, (cell, anywhere) => {
      const first = parsePhoneCell(cell, 'US');
      if (!first.ok) throw new Error(`${cell} was refused: ${first.reason}`);
      expect(first.phone).toMatch(/^\+1202555\d{4}$/);
      expect(parsePhoneCell(first.phone, anywhere)).toEqual({
        ok: true,
        phone: first.phone,
        alternatePhones: [],
      });
    }),
  );
});

it('never throws on a cell, and returns only E.164 that reads as itself', { timeout: 30_000 }, () => {
  const junk = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'0123456789+-/;,. ()xXeE#=\'"\n٠٣９'), maxLength: 40 }),
    fc.array(spelledPhone, { maxLength: 4 }).map((parts) => parts.join(' / ')),
  );
  fc.assert(
    fc.property(junk, country, (cell, where) => {
      const parsed = parsePhoneCell(cell, where);
      if (!parsed.ok) return;
      for (const { phone } of [parsed, ...parsed.alternatePhones]) {
        expect(phone).toMatch(/^\+[1-9]\d{5,14}$/);
        expect(parsePhoneCell(phone, 'US')).toMatchObject({ ok: true, phone });
      }
    }),
    { numRuns: 2000 },
  );
});

it('accounts for every row once', () => {
  const cell = fc.oneof(spelledPhone, fc.string({ maxLength: 20 }), fc.constant(''));
  fc.assert(
    fc.property(fc.array(fc.tuple(name, cell), { minLength: 1, maxLength: 60 }), (rows) => {
      const text = Papa.unparse([['Name', 'Phone'], ...rows]);
      const table = readSheet(new TextEncoder().encode(text), 'x.csv', { delimiter: ',' });
      const mapping = { ...guessMapping(table, { country: 'US' }), phoneColumns: [0] };
      const { counts, leads, duplicates, rejected, notData } = extractLeads(table, mapping, {
        country: 'US',
      });
      expect(counts.taken + counts.duplicates + counts.rejected + counts.notData).toBe(counts.rows);
      expect(counts.rows).toBe(table.rows.length);
      const lines = [...leads, ...duplicates, ...rejected, ...notData].map(({ line }) => line);
      expect(new Set(lines).size).toBe(counts.rows);
      expect(new Set(leads.map(({ phone }) => phone)).size).toBe(leads.length);
      for (const { line, firstLine } of duplicates) expect(firstLine).toBeLessThan(line);
    }),
  );
});

it('writes no cell that a spreadsheet would run, and loses nothing', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc
      .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ' =', '＝', '"=', ',=', "'"), fc.string())
      .map((p) => p.join('')),
  );
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 10 }),
      (rows) => {
        const read = Papa.parse<string[]>(toCsv(rows).slice(1, -2), { delimiter: ',', newline: '\r\n' }).data;
        for (const written of read.flat()) expect(written).not.toMatch(/^[\t\r\n]|^\s*[=+\-@＝＋－＠]/);
        expect(read.map((row) => row.length)).toEqual(rows.map((row) => row.length));
        for (const [y, row] of rows.entries()) {
          for (const [x, original] of row.entries()) {
            expect([original, `'${original}`]).toContain(read[y]?.[x]);
          }
        }
      },
    ),
    { numRuns: 500 },
  );
});

it('throws nothing but SheetError, whatever the bytes', { timeout: 30_000 }, () => {
  const magic = fc.constantFrom(
    '',
    'PK\x03\x04',
    '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    '\xff\xfe',
    '\xfe\xff',
    '%PDF',
    'sep=;\n',
    '"',
  );
  const bytes = fc.oneof(
    fc
      .tuple(magic, fc.uint8Array({ maxLength: 3000 }))
      .map(([start, rest]) => Uint8Array.from([...[...start].map((c) => c.charCodeAt(0)), ...rest])),
    fc
      .string({ unit: fc.constantFrom(...'ab1,;"\n\r\t|=+ é') })
      .map((text) => new TextEncoder().encode(text)),
    fc
      .uint8Array({ maxLength: 500 })
      .map((part) => zipSync({ 'xl/workbook.xml': part, '[Content_Types].xml': part })),
  );
  fc.assert(
    fc.property(bytes, (content) => {
      try {
        const table = readSheet(content, 'x');
        const mapping = {
          ...guessMapping(table, { country: 'US' }),
          phoneColumns: [table.columns[0]?.index ?? 0],
        };
        rejectsCsv(extractLeads(table, mapping, { country: 'US' }));
      } catch (error) {
        expect(error).toBeInstanceOf(SheetError);
      }
    }),
    { numRuns: 1000 },
  );
});

it('throws nothing but SheetError on a workbook with flipped bytes', { timeout: 30_000 }, async () => {
  const { readFileSync } = await import('node:fs');
  const sound = new Uint8Array(readFileSync(new URL('../../../prisma/samples/leads.xlsx', import.meta.url)));
  const flips = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(flips, (changes) => {
      const damaged = sound.slice();
      for (const [at, value] of changes) damaged[at] = value;
      try {
        readSheet(damaged, 'x.xlsx');
      } catch (error) {
        expect(error).toBeInstanceOf(SheetError);
      }
    }),
    { numRuns: 200 },
  );
});
