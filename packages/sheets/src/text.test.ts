import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { MAX_SHEET_BYTES, MAX_SHEET_ROWS } from './limits';
import { readSheet } from './read-sheet';
import { SheetError } from './sheet-error';

const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readSheet(utf8(text), 'leads.csv');

function failure(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof SheetError) return error.code;
    throw error;
  }
  return 'no error';
}

describe('encodings', () => {
  const text = 'Name;Telefon\r\nJürgen Groß;2025550101\r\nZoë “Z” Luka;2025550102\r\n';

  it.each(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'])('recognises %s', (encoding) => {
    const table = readSheet(new Uint8Array(iconv.encode(text, encoding)), 'x.csv');
    expect(table.encoding).toBe(encoding);
    expect(table.rows.map((row) => row.cells[0])).toEqual(['Name', 'Jürgen Groß', 'Zoë “Z” Luka']);
  });

  it.each(['utf-8', 'utf-16le', 'utf-16be'])('recognises %s by its byte order mark', (encoding) => {
    const table = readSheet(new Uint8Array(iconv.encode(text, encoding, { addBOM: true })), 'x.csv');
    expect(table.encoding).toBe(encoding);
    expect(table.columns[0]?.name).toBe('Name');
  });

  it('recognises text that is not Latin', () => {
    const russian =
      'Имя;Телефон;Город\nИван Петров;2025550101;Москва\nАнна Сидорова;2025550102;Санкт-Петербург\n';
    const table = readSheet(new Uint8Array(iconv.encode(russian, 'windows-1251')), 'x.csv');
    expect(table.encoding).toBe('windows-1251');
    expect(table.columns.map(({ name }) => name)).toEqual(['Имя', 'Телефон', 'Город']);
  });

  it('takes the encoding the user chose', () => {
    const bytes = new Uint8Array(iconv.encode('Name,Phone\nŁukasz,2025550101', 'windows-1250'));
    expect(readSheet(bytes, 'x.csv', { encoding: 'windows-1250' }).rows[1]?.cells[0]).toBe('Łukasz');
    expect(failure(() => readSheet(bytes, 'x.csv', { encoding: 'klingon' }))).toBe('unknown-encoding');
  });

  it.each([
    ['utf-16le', 'Łukasz Ötvös'],
    ['utf-16be', 'Łukasz Ötvös'],
    ['windows-1250', 'Łukasz Ötvös'],
    ['windows-1251', 'Иван Сидоров'],
    ['windows-1254', 'Işıl Gürağaç'],
    ['iso-8859-2', 'Łukasz Ötvös'],
    ['iso-8859-15', 'Zoë Œuvrard'],
    ['macintosh', 'Zoë Müller'],
    ['shift_jis', '髙橋 太郎'],
    ['gb18030', '王小明'],
  ])('reads %s when told', (encoding, name) => {
    const bytes = new Uint8Array(iconv.encode(`Name,Phone\n${name},2025550101\n`, encoding));
    const table = readSheet(bytes, 'x.csv', { encoding });
    expect(table).toMatchObject({ encoding, warnings: [] });
    expect(table.rows[1]?.cells[0]).toBe(name);
  });

  it('takes the word of the user where bytes could be either', () => {
    // "é" in UTF-8 is "Ã©" in Windows-1252.
    const bytes = utf8('Name,Phone\nJosé,2025550101');
    expect(readSheet(bytes, 'x.csv').rows[1]?.cells[0]).toBe('José');
    expect(readSheet(bytes, 'x.csv', { encoding: 'windows-1252' }).rows[1]?.cells[0]).toBe('JosÃ©');
  });

  it('says how many characters an encoding chosen wrongly has cost', () => {
    const bytes = new Uint8Array(iconv.encode('Name,Phone\nJürgen Groß,2025550101', 'windows-1252'));
    expect(readSheet(bytes, 'x.csv').warnings).toEqual([]);
    expect(readSheet(bytes, 'x.csv', { encoding: 'utf-8' }).warnings).toEqual([
      '2 characters are not UTF-8 and shown as \ufffd. If names look wrong, choose another encoding.',
    ]);
  });

  it('stays with UTF-8 when a character is cut off at the end', () => {
    const bytes = utf8(`Name,Phone\n${'Jürgen Müller,2025550101\n'.repeat(30)}ü`);
    expect(readSheet(bytes.subarray(0, -1), 'x.csv').encoding).toBe('utf-8');
  });
});

describe('delimited text', () => {
  it.each([',', ';', '\t', '|'])('finds the delimiter %j', (delimiter) => {
    const table = read(['Name,Phone,City', 'Bob,2025550101,Bonn'].join('\n').replaceAll(',', delimiter));
    expect(table.delimiter).toBe(delimiter);
    expect(table.columns).toHaveLength(3);
  });

  it('is not misled by commas in a semicolon file, or by decimal commas', () => {
    expect(read('Name;Phone\nDoe, John;2025550101\nRoe, Jane;2025550102').delimiter).toBe(';');
    expect(read('Name;Phone;Sum\nJohn;2025550101;1,50\nJane;2025550102;2,75').delimiter).toBe(';');
  });

  it('takes the delimiter the user chose, also against the hint of Excel', () => {
    const text = 'Name;Phone;City, State\nBob;2025550101;Bonn, NW';
    const table = readSheet(utf8(text), 'x.csv', { delimiter: ',' });
    expect(table.delimiter).toBe(',');
    expect(table.columns.map(({ name }) => name)).toEqual(['Name;Phone;City', 'State']);
    expect(readSheet(utf8(`sep=,\n${text}`), 'x.csv', { delimiter: ';' }).columns).toHaveLength(3);
  });

  it('honours the hint of Excel', () => {
    const table = read('sep=;\nName;Phone\nBob;2025550101');
    expect(table.delimiter).toBe(';');
    expect(table.headerLine).toBe(2);
  });

  it('keeps the line numbers of the file through blank lines and line breaks in quotes', () => {
    const table = read('Name,Note\r\n\r\n"Ann","one\r\ntwo"\r\nBob,x\r\n\r\n,\r\nCid,y');
    expect(table.rows.map(({ line, cells }) => [line, cells[0]])).toEqual([
      [1, 'Name'],
      [3, 'Ann'],
      [5, 'Bob'],
      [8, 'Cid'],
    ]);
  });

  it('reads old Macintosh and mixed line ends', () => {
    expect(read('Name,Phone\rAnn,2025550101\rBob,2025550102').rows).toHaveLength(3);
    expect(read('Name,Phone\r\nAnn,2025550101\nBob,2025550102\rCid,2025550103').rows).toHaveLength(4);
  });

  it('loses no row to a quote that never closes, and says so', () => {
    const table = read('Name,Phone\nAnn,2025550101\n"Bob,2025550102\nCid,2025550103\n"Dan, Jr",2025550104');
    expect(table.rows.map((row) => row.cells[1])).toEqual([
      'Phone',
      '2025550101',
      '2025550102',
      '2025550103',
      '2025550104',
    ]);
    expect(table.warnings).toEqual([expect.stringContaining('Line 3')]);
  });
});

describe('refusals', () => {
  it.each([
    ['empty-file', new Uint8Array()],
    ['file-too-large', new Uint8Array(MAX_SHEET_BYTES + 1)],
    ['no-rows', utf8('Name,Phone\n')],
    ['no-rows', utf8('\n ,\n')],
    ['not-a-sheet', utf8('%PDF-1.7\n%âãÏÓ\n1 0 obj')],
    ['not-a-sheet', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82])],
    ['not-a-sheet', new Uint8Array([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xff, 0xff, 0, 0])],
    ['not-a-sheet', utf8('<html><table><tr><td>2025550101</td></tr></table></html>')],
    ['not-a-sheet', utf8('<?xml version="1.0"?><Workbook/>')],
    ['too-many-rows', utf8(`Phone\n${'2025550101\n'.repeat(MAX_SHEET_ROWS + 1)}`)],
    ['too-many-columns', utf8(`${'a,'.repeat(300)}b\n`)],
  ])('%s', (code, bytes) => expect(failure(() => readSheet(bytes, 'leads.csv'))).toBe(code));

  it('takes exactly the most rows', () => {
    expect(read(`Phone\n${'2025550101\n'.repeat(MAX_SHEET_ROWS)}`).rows).toHaveLength(MAX_SHEET_ROWS + 1);
  });

  it('says what was chosen instead of a sheet', () => {
    expect(() => read('%PDF-1.7')).toThrow(/a PDF document.*CSV/);
  });
});

describe('header', () => {
  const names = (text: string) => read(text).columns.map(({ name }) => name);

  it('passes over titles above it', () => {
    const table = read(
      'Spring campaign 2026,,\nExported 2026-03-01,,\n\nName,Phone,City\nAnn,2025550101,Bonn',
    );
    expect(table.headerLine).toBe(4);
    expect(table.firstRow).toBe(3);
  });

  it('sees that there is none', () => {
    const table = read('Ann Lee,2025550101,Bonn\nBob Ray,2025550102,Kiel');
    expect(table.headerLine).toBeNull();
    expect(table.columns.map(({ name }) => name)).toEqual(['Column 1', 'Column 2', 'Column 3']);
  });

  it('stands where the user says', () => {
    const bytes = utf8('Name,Phone\nAnn,2025550101\nBob,2025550102');
    expect(readSheet(bytes, 'x.csv', { headerLine: null })).toMatchObject({ headerLine: null, firstRow: 0 });
    expect(readSheet(bytes, 'x.csv', { headerLine: 2 })).toMatchObject({ headerLine: 2, firstRow: 2 });
  });

  it('works for a single column', () => {
    expect(read('2025550101\n2025550102').headerLine).toBeNull();
    expect(read('Phone\n2025550101').headerLine).toBe(1);
    expect(read('My list\nPhone\n2025550101').headerLine).toBe(2);
  });

  it('is found in a language it does not know', () => {
    expect(read('Jina,Simu\nAnn,2025550101\nBob,2025550102').headerLine).toBe(1);
  });

  it('makes names unique, drops empty columns, and lets no name do harm', () => {
    expect(names('Phone,Note,note,,__proto__,constructor,2024,Blank\n2025550101,a,b,c,d,e,f,')).toEqual([
      'Phone',
      'Note',
      'note (2)',
      'Column 4',
      'Column 5',
      'Column 6',
      'Column 2024',
    ]);
  });
});
