import { describe, expect, it } from 'vitest';
import { guessMapping } from '../columns/mapping';
import { rejectsCsv, toCsv } from '../csv';
import { MAX_NAME_LENGTH, MAX_VALUE_LENGTH } from '../limits';
import { readSheet } from '../read-sheet';
import { extractLeads } from './extract';

const table = (text: string) => readSheet(new TextEncoder().encode(text), 'leads.csv');

function extract(text: string) {
  const sheet = table(text);
  return extractLeads(sheet, guessMapping(sheet, { country: 'US' }), { country: 'US' });
}

describe('extractLeads', () => {
  it('takes, drops and rejects with lines and reasons', () => {
    const result = extract(
      'Name,Phone,City\nAnn,2025550101,Bonn\n\nBob,+1 (202) 555-0101,Kiel\nCid,later,Ulm\nDan,2025550102 x7 / 2025550103,Köln',
    );
    expect(result.counts).toEqual({ rows: 5, taken: 2, duplicates: 1, rejected: 1, notData: 1 });
    expect(result.leads).toEqual([
      { line: 2, phone: '+12025550101', alternatePhones: [], name: 'Ann', data: { City: 'Bonn' } },
      {
        line: 6,
        phone: '+12025550102',
        extension: '7',
        alternatePhones: [{ phone: '+12025550103' }],
        name: 'Dan',
        data: { City: 'Köln' },
      },
    ]);
    expect(result.duplicates).toEqual([{ line: 4, firstLine: 2, phone: '+12025550101', name: 'Bob' }]);
    expect(result.rejected).toEqual([
      {
        line: 5,
        reason: 'letters',
        message: 'The phone cell holds words, not a number.',
        value: 'later',
        cells: ['Cid', 'later', 'Ulm'],
      },
    ]);
  });

  it('keeps free columns in order, bounded, as text, and harmless', () => {
    const result = extract(
      `Phone,City,__proto__,7,Apple\n2025550101,=1+1,{"polluted":true},seven,${'x'.repeat(MAX_VALUE_LENGTH + 9)}`,
    );
    const data = result.leads[0]?.data ?? {};
    expect(Object.keys(data)).toEqual(['City', 'Column 3', 'Column 7', 'Apple']);
    expect(data.City).toBe('=1+1');
    expect(data.Apple).toHaveLength(MAX_VALUE_LENGTH);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('composes names and cuts them without breaking a character', () => {
    const name = `${'n'.repeat(MAX_NAME_LENGTH - 1)}🚀`;
    const result = extract(`Name,Phone\nZoe\u0308,2025550101\n${name},2025550102\n,2025550103`);
    expect(result.leads.map((lead) => lead.name)).toEqual(['Zoë', 'n'.repeat(MAX_NAME_LENGTH - 1), null]);
  });

  it('follows a header that the user has put elsewhere', () => {
    const sheet = table('Name,Phone\nAnn,2025550101');
    const mapping = { headerLine: null, phoneColumns: [1], nameColumns: [0] };
    const result = extractLeads(sheet, mapping, { country: 'US' });
    expect(result.counts).toEqual({ rows: 2, taken: 1, duplicates: 0, rejected: 0, notData: 1 });
  });

  it('asks for the phone column', () => {
    const sheet = table('Name,City\nAnn,Bonn');
    expect(() => extractLeads(sheet, guessMapping(sheet, { country: 'US' }), { country: 'US' })).toThrow(
      /Choose the column/,
    );
  });

  it('tells how far it is', () => {
    const rows = Array.from({ length: 2500 }, (_, i) => `202555${String(i).padStart(4, '0')}`);
    const sheet = table(`Phone\n${rows.join('\n')}`);
    const mapping = guessMapping(sheet, { country: 'US' });
    const seen: string[] = [];
    const onProgress = (done: number, total: number) => void seen.push(`${done}/${total}`);
    extractLeads(sheet, mapping, { country: 'US', onProgress });
    expect(seen).toEqual(['1000/2501', '2000/2501', '2501/2501']);
  });
});

describe('toCsv', () => {
  it('begins with a byte order mark and quotes by RFC 4180', () => {
    expect(
      toCsv([
        ['a', 'b "c"'],
        ['x\ny', ''],
      ]),
    ).toBe('\ufeff"a","b ""c"""\r\n"x\ny",""\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1+1'])('disarms %j', (cell) => {
    expect(toCsv([[cell]])).toBe(`\ufeff"'${cell}"\r\n`);
  });

  it('gives rejected rows back so that they can be put right and read again', () => {
    const result = extract('Name,Phone\nAnn,2025550101\nBob,later\nCid,=A1');
    expect(rejectsCsv(result)).toBe(
      '\ufeff"Line","Reason","Name","Phone"\r\n' +
        '"3","The phone cell holds words, not a number.","Bob","later"\r\n' +
        '"4","The phone cell holds a formula. Paste its value instead.","Cid","\'=A1"\r\n',
    );
    const corrected = extract(rejectsCsv(result).replace('later', '2025550104'));
    expect(corrected.leads[0]).toMatchObject({ name: 'Bob', phone: '+12025550104' });
  });
});
