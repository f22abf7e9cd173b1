/** Rebuilds prisma/samples: `npm run samples -w @outdial/sheets`. Every number is fictitious (+1 202 555 01xx). */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import iconv from 'iconv-lite';
import { utils, write } from 'xlsx';

const folder = fileURLToPath(new URL('../../../prisma/samples/', import.meta.url));

// The last digit decides what the carrier simulator does; the first eight rows show all its outcomes.
const clean: [name: string, suffix: string, company: string, city: string, note: string][] = [
  ['Amelia Hart', '00', 'Hart & Daughters', 'Washington', 'Asked for a brochure'],
  ['Benjamin Okafor', '11', 'Okafor Logistics', 'Baltimore', 'Calls in the morning'],
  ['Chloé Laurent', '22', 'Laurent Traiteur', 'Arlington', 'Prefers French'],
  ['Diego Ramírez', '33', 'Ramírez Solar', 'Alexandria', 'Met at the trade fair'],
  ['Elif Yılmaz', '44', 'Bosphorus Imports', 'Bethesda', 'Number from last year'],
  ['Farid Haddad', '55', 'Haddad Dental', 'Rockville', 'Reception answers late'],
  ['Grace Nakamura', '66', 'Nakamura Design', 'Reston', 'In a hurry'],
  ['Henrik Sørensen', '77', 'Nordic Timber', 'Fairfax', 'Company announcement first'],
  ['Isabel Costa', '08', 'Costa & Filhos', 'Silver Spring', 'Wants a quote for 40 seats'],
  ['Jamal Washington', '19', 'Capital Cycles', 'Washington', 'Existing customer'],
  ['Katarzyna Nowak', '20', 'Nowak Bakery', 'Annapolis', 'Second location in May'],
  ['Liam O’Connor', '29', 'Shamrock Roofing', 'Frederick', 'Call after 10'],
  ['Mei Chen', '30', 'Chen Robotics', 'Gaithersburg', 'Referred by Amelia Hart'],
  ['Noah Fischer', '38', 'Fischer Optik', 'Columbia', 'Trial ends this week'],
  ['Olivia Brown', '39', 'Brown Legal', 'Washington', 'Decision maker'],
  ['Priya Sharma', '48', 'Sharma Textiles', 'Herndon', 'Send slides before the call'],
  ['Quentin Dubois', '49', 'Dubois Conseil', 'McLean', 'Back from holiday on Monday'],
  ['Rosa Martínez', '58', 'Flores Rosa', 'Hyattsville', 'Shop opens at 9'],
  ['Samuel Adeyemi', '59', 'Adeyemi Studio', 'Takoma Park', 'New branding'],
  ['Tuuli Virtanen', '68', 'Virtanen Games', 'Vienna', 'Talks to two vendors'],
  ['Umar Siddiqui', '69', 'Siddiqui Pharmacy', 'Laurel', 'Needs Saturday hours'],
  ['Valentina Rossi', '78', 'Rossi Moda', 'Bowie', 'Liked the demo'],
  ['William Park', '79', 'Park Analytics', 'Tysons', 'Ask for the security paper'],
  ['Zoë van Dijk', '88', 'Van Dijk Bikes', 'College Park', 'Callback promised'],
];

function national(suffix: string): string {
  return `(202) 555-01${suffix}`;
}

function csv(rows: readonly (readonly string[])[], delimiter: string): string {
  const quote = (cell: string) => (/["\n,;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((row) => `${row.map(quote).join(delimiter)}\r\n`).join('');
}

const cleanRows = clean.map(([name, suffix, company, city, note]) => [
  name,
  `+1 202 555 01${suffix}`,
  company,
  city,
  note,
]);
writeFileSync(`${folder}leads.csv`, csv([['Name', 'Phone', 'Company', 'City', 'Note'], ...cleanRows], ','));

const messy = [
  ['Kundenliste Frühjahr – exportiert am 3. März'],
  [],
  ['Kd-Nr', 'Vorname', 'Nachname', 'Telefon', 'PLZ', 'Umsatz', 'Bemerkung'],
  ['1000001', 'Jürgen', 'Müller', '+1 202 555 0110', '20001', '1.250,00', 'Stammkunde'],
  ['1000002', 'Zoé', 'Lefèvre', '202.555.0118', '20002', '980,50', 'spricht Französisch'],
  ['1000003', 'Søren', 'Åkesson', '(202) 555-0128 x12', '20003', '0,00', 'über die Zentrale'],
  [
    '1000004',
    'Jürgen',
    'Müller',
    '001 202 555 0110',
    '20001',
    '1.250,00',
    'noch einmal, andere Schreibweise',
  ],
  [],
  ['1000005', 'Ana', 'Peña', '1.2025550137E+10', '20004', '15,00', 'Ziffern noch alle da'],
  ['1000006', 'Luís', 'Gonçalves', '1.20256E+10', '20005', '75,00', 'Ziffern verloren'],
  [
    '1000007',
    'Marie',
    'Dupont',
    '202-555-0140 / 202-555-0147; 202-555-0148',
    '20006',
    '310,00',
    'drei Nummern',
  ],
  ['1000008', 'Björn', 'Weiß', "'2025550150", '20007', '42,00', 'Apostroph davor'],
  ['1000009', 'Éva', 'Szabó', 'ruft zurück', '20008', '', 'keine Nummer'],
  ['1000010', 'Renée', 'Ångström', '', '20009', '5,00', 'leer'],
  ['1000011', 'Jörg', 'Groß', '555-01', '20010', '12,00', 'zu kurz'],
  ['1000012', 'Iñaki', 'Ibáñez', '+1 202 555 0157 0000', '20011', '12,00', 'zu lang'],
  [
    '1000013',
    'Käthe',
    'Böhm',
    '=HYPERLINK("http://example.invalid","202 555 0158")',
    '20012',
    '8,00',
    'Formel',
  ],
  ['1000014', 'René', 'Côté', '+1 (202) 555–0160', '20013', '=1+1', '@SUM(A1)'],
  ['1000015', 'Zoé', 'Lefèvre', '2025550118', '20002', '980,50', 'doppelt'],
  ['1000016', 'François', 'Noël', '202\u00a0555\u00a00167', '20014', '64,00', 'geschützte Leerzeichen'],
  ['1000017', 'Bärbel', 'Schäfer', 'Tel. 202 555 0168, ext. 5', '20015', '99,00', 'Zeile\nmit Umbruch'],
  ['1000018', 'Øyvind', 'Færøy', '#N/A', '20016', '1,00', 'Fehler der Tabelle'],
  ['1000019', 'Nuño', 'Muñoz', '+1 999 555 0170', '20017', '1,00', 'Vorwahl gibt es nicht'],
  ['1000020', 'Gülsah', 'Öz', '202-555-0178', '20018', '3.000,00', ''],
  [],
];
writeFileSync(`${folder}leads-messy.csv`, iconv.encode(csv(messy, ';'), 'windows-1252'));

const people: [string, string, string][] = [
  ['Ada 🚀 Lovelace', 'Analytical Engines', 'Likes rockets'],
  ['محمد الأحمد', 'مخبز النور', 'Arabic, written right to left'],
  ['נועה לוי', 'Levi Labs', 'Hebrew, written right to left'],
  ['李小龙', '龙茶馆', 'Chinese'],
  ['山田 花子', '花屋', 'Japanese'],
  ['José Peña', 'Peña Café', 'An accent typed as two characters'],
  ['Иван Петров', 'Петров и сын', 'Russian'],
  ['Σοφία Παππά', 'Ελιά', 'Greek'],
  ['👩‍💻 Sam Lee', 'Remote First', 'Emoji of several characters'],
  ['Plain Jane', 'Plain & Co', 'Nothing special'],
];
const suffixes = ['10', '21', '32', '43', '54', '65', '76', '87', '98', '99'];
const sheet = utils.aoa_to_sheet([['Full name', 'Mobile', 'Company', 'Customer since', 'Deal', 'Note']]);
people.forEach(([name, company, note], i) => {
  const suffix = suffixes[i] ?? '00';
  // Number cells with and without country code, and text: as people really keep them
  const phone =
    [Number(`1202555${`01${suffix}`}`), Number(`202555${`01${suffix}`}`), national(suffix)][i % 3] ?? '';
  utils.sheet_add_aoa(
    sheet,
    [[name.normalize('NFD'), phone, company, 45000 + i * 17, 1000 * (i + 1), note]],
    { origin: -1 },
  );
  const row = i + 2;
  const cell = (column: string) => sheet[`${column}${row}`];
  if (typeof phone === 'number' && i % 2 === 0) cell('B').z = '0.00E+00';
  cell('D').z = 'yyyy-mm-dd';
  cell('E').z = '"$"#,##0';
});
const book = utils.book_new();
utils.book_append_sheet(book, utils.aoa_to_sheet([[]]), 'Cover');
utils.book_append_sheet(book, sheet, 'Leads');
utils.book_append_sheet(
  book,
  utils.aoa_to_sheet([
    ['Region', 'Target'],
    ['East', 12],
  ]),
  'Targets',
);
writeFileSync(`${folder}leads.xlsx`, write(book, { type: 'buffer', bookType: 'xlsx', compression: true }));
