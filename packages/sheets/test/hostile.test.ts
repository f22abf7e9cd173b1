import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { utils, write } from 'xlsx';
import { readSheet, SheetError } from '../src/index';

const text = (value: string) => new TextEncoder().encode(value);

/** The code of the refusal, or `read`; the test's time limit sees to the rest. */
function outcome(bytes: Uint8Array): string {
  try {
    readSheet(bytes, 'x');
    return 'read';
  } catch (error) {
    if (error instanceof SheetError) return error.code;
    throw error;
  }
}

const rows = [
  ['Name', 'Phone'],
  ['Ann', '2025550101'],
];

function changedXlsx(part: string, change: (xml: string) => string): Uint8Array {
  const book = utils.book_new(utils.aoa_to_sheet(rows), 'Leads');
  const files = unzipSync(new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' })));
  files[part] = text(change(new TextDecoder().decode(files[part])));
  return zipSync(files);
}

function ods(rowsXml: string): Uint8Array {
  return zipSync({
    mimetype: [text('application/vnd.oasis.opendocument.spreadsheet'), { level: 0 }],
    'content.xml': text(
      `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="A">${rowsXml}</table:table></office:spreadsheet></office:body></office:document-content>`,
    ),
    'styles.xml': text('<office:document-styles xmlns:office="o"/>'),
    'META-INF/manifest.xml': text('<manifest/>'),
  });
}

const cell = (value: string, more = '') =>
  `<table:table-cell office:value-type="string"${more}><text:p>${value}</text:p></table:table-cell>`;

describe('a small file that would take all the memory', { timeout: 10_000 }, () => {
  it('a link over a whole worksheet is not followed', () => {
    const bytes = changedXlsx('xl/worksheets/sheet1.xml', (xml) =>
      xml.replace(
        '</worksheet>',
        '<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks></worksheet>',
      ),
    );
    expect(outcome(bytes)).toBe('read');
  });

  it.each(['0', '[', '"', '?/', '_x'])('a number format of kilobytes (%j) is not worked out', (unit) => {
    const format = unit.repeat(30_000).replaceAll('"', '&quot;');
    const bytes = changedXlsx('xl/styles.xml', (xml) =>
      xml.replace(
        '<fonts',
        `<numFmts count="1"><numFmt numFmtId="164" formatCode="${format}"/></numFmts><fonts`,
      ),
    );
    expect(['read', 'corrupt']).toContain(outcome(bytes));
  });

  it('cells without places are counted', () => {
    const bytes = changedXlsx('xl/worksheets/sheet1.xml', (xml) =>
      xml.replace('</sheetData>', `<row>${'<c/>'.repeat(5_000_001)}</row></sheetData>`),
    );
    expect(outcome(bytes)).toBe('file-too-large');
  });

  it.each([
    [
      'a row',
      `<table:table-row table:number-rows-repeated="1000000">${cell('x').repeat(20)}</table:table-row>`,
    ],
    [
      'a row, as a flipped byte has it',
      `<table:table-row table:number-rows-repeated="1e9">${cell('x')}</table:table-row>`,
    ],
    [
      'a cell, without end',
      `<table:table-row>${cell('x', ' table:number-columns-repeated="Infinity"')}</table:table-row>`,
    ],
    ['a cell', `<table:table-row>${cell('x', ' table:number-columns-repeated="9999999"')}</table:table-row>`],
    [
      'a row with single quotes',
      `<table:table-row table:number-rows-repeated='9000000'>${cell('x')}</table:table-row>`,
    ],
  ])('%s is repeated within bounds', (_, xml) => {
    expect(['read', 'no-rows', 'file-too-large', 'too-many-columns']).toContain(
      outcome(ods(`<table:table-row>${cell('Phone')}</table:table-row>${xml}`)),
    );
  });

  it.each(['\n', '\r', ',\n', '\t'])('19 MB of %j are refused', (unit) => {
    expect(['file-too-large', 'no-rows', 'too-many-columns']).toContain(
      outcome(text(unit.repeat(19_000_000 / unit.length))),
    );
  });
});
