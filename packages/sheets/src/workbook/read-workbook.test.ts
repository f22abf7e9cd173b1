import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type BookType, CFB, utils, type WorkSheet, write } from 'xlsx';
import { readSheet } from '../read-sheet';
import { SheetError } from '../sheet-error';

function workbook(
  sheets: Record<string, WorkSheet>,
  bookType: BookType = 'xlsx',
  hidden: string[] = [],
): Uint8Array {
  const book = utils.book_new();
  for (const [name, sheet] of Object.entries(sheets)) utils.book_append_sheet(book, sheet, name);
  book.Workbook = { Sheets: book.SheetNames.map((name) => ({ Hidden: hidden.includes(name) ? 1 : 0 })) };
  return new Uint8Array(write(book, { type: 'array', bookType, compression: true, bookSST: true }));
}

function failure(bytes: Uint8Array, fileName = 'x.xlsx'): string {
  try {
    readSheet(bytes, fileName);
  } catch (error) {
    if (error instanceof SheetError) return error.code;
    throw error;
  }
  return 'no error';
}

const people = () =>
  utils.aoa_to_sheet([
    ['Name', 'Phone'],
    ['Ann 🚀', 12025550101],
    ['נועה לוי', '202-555-0102'],
  ]);

describe('workbooks', () => {
  it.each([
    ['xlsx', 'xlsx'],
    ['xlsb', 'xlsx'],
    ['xls', 'xls'],
    ['biff8', 'xls'],
    ['ods', 'ods'],
  ] as const)('reads %s, whatever the file is called', (bookType, format) => {
    const table = readSheet(workbook({ Leads: people() }, bookType), 'leads.csv');
    expect(table.format).toBe(format);
    expect(table.rows.map(({ cells }) => cells)).toEqual([
      ['Name', 'Phone'],
      ['Ann 🚀', '12025550101'],
      ['נועה לוי', '202-555-0102'],
    ]);
  });

  it('keeps every digit whatever the format shows', () => {
    const sheet = utils.aoa_to_sheet([['Phone'], ...Array.from({ length: 7 }, () => [12025550101])]);
    const formats = ['General', '0', '0.00E+00', '#,##0', '0.00', '(000) 000-0000', '@'];
    formats.forEach((format, i) => {
      sheet[`A${i + 2}`].z = format;
    });
    const table = readSheet(workbook({ Leads: sheet }), 'x.xlsx');
    for (const { cells } of table.rows.slice(1))
      expect(cells[0]?.replace(/\D/g, '')).toMatch(/^12025550101(00)?$/);
    expect(table.rows[3]?.cells[0]).toBe('12025550101');
    expect(table.rows[4]?.cells[0]).toBe('12025550101');
  });

  it('keeps leading zeros that the format adds, and makes dates readable', () => {
    const sheet = utils.aoa_to_sheet([
      ['Phone', 'Since', 'At', 'Share'],
      [2079460958, 45000, 45000.5, 0.125],
    ]);
    for (const [cell, format] of [
      ['A2', '00000000000'],
      ['B2', 'm/d/yy'],
      ['C2', 'm/d/yy h:mm'],
      ['D2', '0.0%'],
    ] as const) {
      sheet[cell].z = format;
    }
    const table = readSheet(workbook({ Leads: sheet }), 'x.xlsx');
    expect(table.rows[1]?.cells).toEqual(['02079460958', '2023-03-15', '2023-03-15 12:00', '12.5%']);
  });

  it('takes the stored value of a formula and never evaluates one', () => {
    const sheet = people();
    sheet.B2 = { t: 'n', f: '12025550000+101', v: 12025550101 };
    sheet.A2 = { t: 's', f: 'HYPERLINK("http://example.invalid")', v: 'Ann' };
    sheet.A3 = { t: 's', v: '=1+1' };
    const table = readSheet(workbook({ Leads: sheet }), 'x.xlsx');
    expect(table.rows[1]?.cells).toEqual(['Ann', '12025550101']);
    expect(table.rows[2]?.cells[0]).toBe('=1+1');
  });

  it('chooses the first visible sheet that is not empty and names the others', () => {
    const other = utils.aoa_to_sheet([['Phone'], ['2025550199']]);
    const bytes = workbook(
      { Empty: utils.aoa_to_sheet([[]]), Old: other, Leads: people(), More: other },
      'xlsx',
      ['Old'],
    );
    const table = readSheet(bytes, 'x.xlsx');
    expect(table.sheetName).toBe('Leads');
    expect(table.sheets).toEqual([
      { name: 'Empty', rows: 0, hidden: false },
      { name: 'Old', rows: 2, hidden: true },
      { name: 'Leads', rows: 3, hidden: false },
      { name: 'More', rows: 2, hidden: false },
    ]);
    expect(readSheet(bytes, 'x.xlsx', { sheetName: 'Old' }).rows[1]?.cells).toEqual(['2025550199']);
    expect(() => readSheet(bytes, 'x.xlsx', { sheetName: 'Nope' })).toThrow(/no sheet "Nope"/);
  });

  it('keeps row numbers of the file', () => {
    const sheet = utils.aoa_to_sheet([['Leads 2026'], [], ['Name', 'Phone'], [], ['Ann', 2025550101]]);
    const table = readSheet(workbook({ Leads: sheet }), 'x.xlsx');
    expect(table.headerLine).toBe(3);
    expect(table.rows.at(-1)?.line).toBe(5);
  });
});

describe('refusals', () => {
  const text = (value: string) => new TextEncoder().encode(value);

  it('of other zip and Office files', () => {
    expect(failure(zipSync({ 'readme.txt': text('hello') }))).toBe('not-a-sheet');
    expect(failure(zipSync({ 'word/document.xml': text('<w/>') }))).toBe('not-a-sheet');
    expect(failure(zipSync({ mimetype: text('application/vnd.oasis.opendocument.text') }))).toBe(
      'not-a-sheet',
    );
    const message = CFB.utils.cfb_new();
    CFB.utils.cfb_add(message, '/WordDocument', text('x'));
    expect(failure(new Uint8Array(CFB.write(message, { type: 'array' }) as ArrayBuffer))).toBe('not-a-sheet');
  });

  it('of workbooks with a password', () => {
    const locked = CFB.utils.cfb_new();
    CFB.utils.cfb_add(locked, '/EncryptedPackage', text('x'));
    expect(failure(new Uint8Array(CFB.write(locked, { type: 'array' }) as ArrayBuffer))).toBe(
      'password-protected',
    );
  });

  it('of damaged ones', () => {
    const bytes = workbook({ Leads: people() });
    expect(failure(bytes.subarray(0, bytes.length - 200))).toBe('corrupt');
    expect(failure(zipSync({ 'xl/workbook.xml': text('<oops') }))).toBe('corrupt');
  });

  it('of a workbook without rows', () => {
    expect(failure(workbook({ Leads: utils.aoa_to_sheet([[]]) }))).toBe('no-rows');
  });

  it('of zip bombs that lie about their size', { timeout: 120_000 }, () => {
    const bomb = zipSync({ 'xl/workbook.xml': new Uint8Array(201 * 1024 * 1024) }, { level: 1 });
    const view = new DataView(bomb.buffer, bomb.byteOffset, bomb.byteLength);
    for (let at = 0; at < bomb.length - 4; at++) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true);
    }
    expect(bomb.length).toBeLessThan(2 * 1024 * 1024);
    expect(failure(bomb)).toBe('file-too-large');
  });

  it('of cells repeated without end', () => {
    const content =
      '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="A">' +
      '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>' +
      '</table:table></office:spreadsheet></office:body></office:document-content>';
    const bytes = zipSync({
      mimetype: [text('application/vnd.oasis.opendocument.spreadsheet'), { level: 0 }],
      'content.xml': text(content),
      'META-INF/manifest.xml': text('<manifest/>'),
    });
    expect(failure(bytes)).toBe('file-too-large');
  });
});

describe('what SheetJS reads otherwise', () => {
  const text = (value: string) => new TextEncoder().encode(value);
  /** A workbook of given shared strings, whose cells name them in turn; every other cell is a number. */
  function shared(strings: string, rows: string): Uint8Array {
    const files = unzipSync(workbook({ Leads: people() }));
    files['xl/sharedStrings.xml'] = text(
      `<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${strings}</sst>`,
    );
    files['xl/worksheets/sheet1.xml'] = text(
      `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`,
    );
    return zipSync(files);
  }
  const rows = [0, 1, 2, 3]
    .map(
      (n) =>
        `<row r="${n + 1}"><c r="A${n + 1}" t="s"><v>${n}</v></c><c r="B${n + 1}"><v>${12025550100 + n}</v></c></row>`,
    )
    .join('');
  const names = (strings: string) =>
    readSheet(shared(strings, rows), 'x.xlsx', { headerLine: null }).rows.map(({ cells }) => cells[0]);

  it('an empty shared string moves no name to the next person', () => {
    expect(names('<si><t>Ann</t></si><si/><si><t>Cid</t></si><si><t>Dan</t></si>')).toEqual([
      'Ann',
      '',
      'Cid',
      'Dan',
    ]);
  });

  it('runs of rich text, hints how to say it and characters by number', () => {
    expect(
      names(
        '<si><t>An</t><r><t>n </t></r><r><t xml:space="preserve">Lee</t></r></si><si><t>&#128540; Bo&amp;b</t></si><si><t>田中</t><rPh sb="0" eb="2"><t>たなか</t></rPh></si><si><r><rPr><b/></rPr><t>D</t></r><r><t>an</t></r></si>',
      ),
    ).toEqual(['Ann Lee', '😜 Bo&b', '田中', 'Dan']);
  });

  it('finds the leads on whatever sheet they are', () => {
    const summary = utils.aoa_to_sheet([
      ['Region', 'Leads'],
      ['East', 12],
      ['West', 7],
    ]);
    const titles = utils.aoa_to_sheet([['Name', 'Phone']]);
    for (const first of [summary, titles, utils.aoa_to_sheet([['How to use this list'], ['Call politely.']])])
      for (const bookType of ['xlsx', 'ods', 'xls'] as const)
        expect(readSheet(workbook({ First: first, Leads: people() }, bookType), 'x').sheetName).toBe('Leads');
  });
});
