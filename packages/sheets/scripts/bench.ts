/** Rows per second for a full-size sheet, by format: `npm run bench -w @outdial/sheets`. */
import { utils, write } from 'xlsx';
import { extractLeads, guessMapping, MAX_SHEET_ROWS, readSheet } from '../src/index';

const rows = Array.from({ length: MAX_SHEET_ROWS }, (_, i) => {
  const last = String(i).padStart(5, '0');
  return [
    `Person ${'ABCDEFGHIJ'[i % 10]} Häyhä`,
    `(202) 5${last.slice(0, 2)}-0${last.slice(2)}`,
    `Company ${i}`,
    'Washington',
    'a note, in words',
  ];
});
const header = ['Name', 'Phone', 'Company', 'City', 'Note'];
const csv = [header, ...rows].map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\r\n');
const sheet = utils.aoa_to_sheet([header, ...rows], { dense: true });
const book = utils.book_new(sheet, 'Leads');

const files: [string, Uint8Array][] = [['csv', new TextEncoder().encode(csv)]];
for (const type of ['xlsx', 'ods'] as const) {
  files.push([type, new Uint8Array(write(book, { type: 'array', bookType: type, compression: true }))]);
}
for (const [format, bytes] of files) {
  const start = performance.now();
  const table = readSheet(bytes, `bench.${format}`);
  const read = performance.now();
  const mapping = guessMapping(table, { country: 'US' });
  const guessed = performance.now();
  const { counts } = extractLeads(table, mapping, { country: 'US' });
  const end = performance.now();
  const perSecond = Math.round(counts.rows / ((end - start) / 1000));
  console.log(
    `${format.padEnd(5)} ${(bytes.length / 1e6).toFixed(1)} MB  read ${(read - start).toFixed(0)} ms  guess ${(guessed - read).toFixed(0)} ms  extract ${(end - guessed).toFixed(0)} ms  ${perSecond} rows/s  (${counts.taken} taken, ${counts.duplicates} duplicates, ${counts.rejected} rejected)`,
  );
}
