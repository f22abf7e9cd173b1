import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extractLeads, guessMapping, readSheet } from '../src/index';

function sample(fileName: string) {
  const bytes = readFileSync(new URL(`../../../prisma/samples/${fileName}`, import.meta.url));
  const table = readSheet(bytes, fileName);
  const mapping = guessMapping(table, { country: 'US' });
  return { table, mapping, result: extractLeads(table, mapping, { country: 'US' }) };
}

describe('prisma/samples', () => {
  it('leads.csv is clean and brings all eight outcomes first', () => {
    const { result } = sample('leads.csv');
    expect(result.counts).toEqual({ rows: 25, taken: 24, duplicates: 0, rejected: 0, notData: 1 });
    expect(result.leads.slice(0, 8).map(({ phone }) => phone.at(-1))).toEqual([...'01234567']);
    expect(result.leads.every(({ phone }) => /^\+120255501\d\d$/.test(phone))).toBe(true);
    expect(Object.keys(result.leads[0]?.data ?? {})).toEqual(['Company', 'City', 'Note']);
  });

  it('leads-messy.csv is understood', () => {
    const { table, mapping, result } = sample('leads-messy.csv');
    expect(table).toMatchObject({ encoding: 'windows-1252', delimiter: ';', headerLine: 3 });
    expect(mapping).toMatchObject({ phoneColumns: [3], nameColumns: [1, 2] });
    expect(result.counts).toEqual({ rows: 22, taken: 10, duplicates: 2, rejected: 8, notData: 2 });
    expect(result.rejected.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '10 digits-lost',
      '13 letters',
      '14 no-phone',
      '15 too-short',
      '16 too-long',
      '17 formula',
      '23 spreadsheet-error',
      '24 invalid-number',
    ]);
    expect(result.leads.find(({ line }) => line === 11)).toMatchObject({
      name: 'Marie Dupont',
      phone: '+12025550140',
      alternatePhones: [{ phone: '+12025550147' }, { phone: '+12025550148' }],
    });
  });

  it('leads.xlsx keeps numbers and names whole', () => {
    const { table, result } = sample('leads.xlsx');
    expect(table).toMatchObject({ format: 'xlsx', sheetName: 'Leads', headerLine: 1 });
    expect(result.counts).toEqual({ rows: 11, taken: 10, duplicates: 0, rejected: 0, notData: 1 });
    expect(result.leads.map(({ name }) => name).slice(0, 3)).toEqual([
      'Ada 🚀 Lovelace',
      'محمد الأحمد',
      'נועה לוי',
    ]);
    expect(result.leads[0]?.data).toMatchObject({ 'Customer since': '2023-03-15', Deal: '$1,000' });
  });
});
