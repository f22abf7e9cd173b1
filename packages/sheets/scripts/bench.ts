/** What a full-size sheet costs, beside the same file read by the format's library alone: `npm run bench -- sheets`. */
import Papa from 'papaparse';
import papaParse from 'papaparse/package.json' with { type: 'json' };
import { read as readBook, version as sheetJs, utils, write } from 'xlsx';
import { extractLeads, guessMapping, MAX_SHEET_ROWS, readSheet } from '../src/index';

const ROUNDS = 5;

const rows = Array.from({ length: MAX_SHEET_ROWS }, (_, i) => {
  const last = String(i).padStart(5, '0');
  return [
    `Person ${'ABCDEFGHIJ'[i % 10]} Häyhä`,
    `(202) 5${last.slice(0, 2)}-0${last.slice(2)}`,
    `Company ${i}`,
    'Washington',
    'a note, in words',
    `person${i}@example.com`,
    '2026-01-31',
    `PLAN-${i % 7}`,
    String(1000 + (i % 900)),
    'https://example.com/crm',
  ];
});
const header = ['Name', 'Phone', 'Company', 'City', 'Note', 'Email', 'Since', 'Plan', 'Sum', 'Link'];
const csv = [header, ...rows].map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\r\n');
const book = utils.book_new(utils.aoa_to_sheet([header, ...rows], { dense: true }), 'Leads');
const workbook = (bookType: 'xlsx' | 'ods') =>
  new Uint8Array(write(book, { type: 'array', bookType, compression: true }));

type Work = (bytes: Uint8Array) => unknown;

const parseCsv: Work = (bytes) => Papa.parse(new TextDecoder().decode(bytes)).data;
const parseBook: Work = (bytes) => {
  const { SheetNames, Sheets } = readBook(bytes, { dense: true });
  return utils.sheet_to_json(Sheets[SheetNames[0] ?? ''] ?? {}, { header: 1 });
};
const files: readonly [format: string, bytes: Uint8Array, library: string, bare: Work][] = [
  ['csv', new TextEncoder().encode(csv), 'Papa Parse', parseCsv],
  ['xlsx', workbook('xlsx'), 'SheetJS', parseBook],
  ['ods', workbook('ods'), 'SheetJS', parseBook],
];

/** Milliseconds of the middle of several runs, which take turns so that a busy moment hits all alike. */
function medians(works: readonly (() => unknown)[]): number[] {
  const times = works.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++)
    for (const [index, work] of works.entries()) {
      const before = performance.now();
      work();
      times[index]?.push(performance.now() - before);
    }
  return times.map((each) => each.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN);
}

const METHOD = `
One sheet of ${MAX_SHEET_ROWS.toLocaleString('en')} rows and ten columns, made in memory, in three formats. The format's library alone gives
cells; Outdial's \`readSheet\` also finds format, encoding, delimiter and header; "leads" are numbered (E.164),
deduplicated and checked. Median of ${ROUNDS} runs that take turns. In the product this runs in a web worker and, on the
server, in a thread. Repeat with \`npm run bench -- sheets\` (two minutes).
`;

function rowOf([format, bytes, library, bare]: (typeof files)[number]): string[] {
  const name = `bench.${format}`;
  const country = { country: 'US' } as const;
  const [alone = 0, read = 0, leads = 0] = medians([
    () => bare(bytes),
    () => readSheet(bytes, name),
    () => {
      const sheet = readSheet(bytes, name);
      return extractLeads(sheet, guessMapping(sheet, country), country);
    },
  ]);
  const besides = (ms: number) => [ms.toFixed(0), (ms / alone).toFixed(2)];
  return [
    `${format.toUpperCase()}, ${(bytes.length / 1e6).toFixed(1)} MB (${library})`,
    alone.toFixed(0),
    ...besides(read),
    ...besides(leads),
  ];
}

/** As `npm run bench` wants it. */
export async function measure() {
  const head = ['ms', 'library alone', 'read', 'ratio', 'leads', 'ratio'];
  return {
    title: 'Reading a sheet',
    rows: [head, ...files.map(rowOf)],
    method: METHOD,
    versions: { SheetJS: sheetJs, 'Papa Parse': papaParse.version },
  };
}
