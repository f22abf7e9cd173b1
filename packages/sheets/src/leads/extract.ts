import { cut } from '../characters';
import { repeatsTitles } from '../columns/header';
import type { SheetMapping } from '../columns/mapping';
import { MAX_NAME_LENGTH, MAX_VALUE_LENGTH } from '../limits';
import type { ColumnReading } from '../numbers/column-reading';
import {
  chooseNumbers,
  type ParsedPhone,
  type PhoneCell,
  readingOf,
  type SpelledCell,
  spellCell,
} from '../numbers/phone-cell';
import type { CountryCode } from '../numbers/plan';
import { REJECT_REASONS } from '../numbers/reject-reasons';
import type { RawRow } from '../raw-sheet';
import { SheetError } from '../sheet-error';
import { type SheetColumn, type SheetTable, withHeaderLine } from '../sheet-table';
import { type DoubtfulNumbers, doubtsOf } from './doubts';
import type { LeadResult, NotDataReason } from './lead-result';
import { NOT_DATA } from './lead-result';

export interface ExtractOptions {
  /** Where numbers without a country code belong, unless the mapping says otherwise. */
  country: CountryCode;
  /** Called now and then, and at the end. */
  onProgress?: (done: number, total: number) => void;
}

const SLICE = 1000;

/**
 * Turns the rows below the header into leads; every row of the file ends up taken, as a duplicate, rejected, or named
 * as no data.
 * @throws SheetError `no-phone-column`
 */
export function extractLeads(given: SheetTable, mapping: SheetMapping, options: ExtractOptions): LeadResult {
  const table = given.headerLine === mapping.headerLine ? given : withHeaderLine(given, mapping.headerLine);
  const phones = mapping.phoneColumns.filter((wanted) => table.columns.some(({ index }) => index === wanted));
  if (phones.length === 0) {
    throw new SheetError('no-phone-column', 'Choose the column that holds the phone numbers.');
  }
  return new Extraction(table, mapping, phones, mapping.country ?? options.country).run(options.onProgress);
}

/** What a row's phone cells hold, in the order of the columns. */
type SpelledRow = readonly SpelledCell[];

class Extraction {
  readonly #free: readonly SheetColumn[];
  readonly #corrections: ReadonlyMap<number, string>;
  readonly #firstLines = new Map<string, number>();
  readonly #result: LeadResult;

  constructor(
    private readonly table: SheetTable,
    private readonly mapping: SheetMapping,
    private readonly phones: readonly number[],
    private readonly country: CountryCode,
  ) {
    const used = [...phones, ...mapping.nameColumns];
    this.#free = table.columns.filter(({ index }) => !used.includes(index));
    this.#corrections = new Map(mapping.corrections?.map(({ line, value }) => [line, value]));
    this.#result = {
      columns: table.columns.map(({ index, name }) => ({ index, name })),
      leads: [],
      duplicates: [],
      rejected: [],
      notData: [],
      counts: { rows: table.rows.length, taken: 0, duplicates: 0, rejected: 0, notData: 0 },
      doubts: null,
    };
  }

  run(onProgress?: ExtractOptions['onProgress']): LeadResult {
    const { rows, firstRow } = this.table;
    const total = rows.length;
    const spelled = rows.map((row, index): SpelledRow | NotDataReason => {
      // Reading the numbers is the work; choosing among them is not.
      if (onProgress && index > 0 && index % SLICE === 0) onProgress(index, total);
      return index < firstRow ? this.#aboveData(row) : this.#spell(row);
    });
    const readings = this.phones.map(
      (_, place) => this.mapping.reading ?? readingOf(cellsAt(spelled, place)),
    );
    for (const [index, row] of rows.entries()) {
      const cells = spelled[index];
      if (typeof cells === 'string') this.#leaveOut(row, cells);
      else if (cells) this.#take(row, cells, readings);
    }
    const { counts, leads, duplicates, rejected, notData } = this.#result;
    counts.taken = leads.length;
    counts.duplicates = duplicates.length;
    counts.rejected = rejected.length;
    counts.notData = notData.length;
    this.#result.doubts = this.#doubts(spelled, readings[0] ?? 'unsure');
    onProgress?.(total, total);
    return this.#result;
  }

  #doubts(spelled: readonly (SpelledRow | NotDataReason)[], reading: ColumnReading): DoubtfulNumbers | null {
    const { rows } = this.table;
    const place = this.phones[0] ?? 0;
    return doubtsOf(
      spelled.flatMap((cells, index) => {
        const cell = typeof cells === 'string' ? undefined : cells[0];
        return cell === undefined ? [] : [{ value: rows[index]?.cells[place] ?? '', cell }];
      }),
      reading,
    );
  }

  #aboveData({ line }: RawRow): NotDataReason {
    return line === this.table.headerLine ? 'titles' : 'above-titles';
  }

  #spell({ line, cells }: RawRow): SpelledRow | NotDataReason {
    const { headerLine, rows, firstRow } = this.table;
    const titles = headerLine === null ? undefined : rows[firstRow - 1]?.cells;
    const corrected = this.#corrections.get(line);
    const spelled = this.phones.map((column, place) =>
      spellCell(
        place === 0 && corrected !== undefined ? corrected : this.#phoneText(cells, column, place),
        this.country,
      ),
    );
    const hasNumber = spelled.some((cell) => typeof cell !== 'string');
    return !hasNumber && repeatsTitles(cells, titles) ? 'titles-again' : spelled;
  }

  /** A phone cell, with the area code that stands apart from it. */
  #phoneText(cells: readonly string[], column: number, place: number): string {
    const text = cells[column] ?? '';
    const area = this.mapping.areaCodeColumn;
    if (place > 0 || area === undefined || area === null || !text || text.startsWith('+')) return text;
    return `${cells[area] ?? ''} ${text}`.trim();
  }

  #leaveOut({ line, cells }: RawRow, reason: NotDataReason): void {
    this.#result.notData.push({ line, reason, message: NOT_DATA[reason], cells });
  }

  #take({ line, cells }: RawRow, spelled: SpelledRow, readings: readonly ColumnReading[]): void {
    const { also = [] } = this.mapping;
    const parsed = spelled.map((cell, place) =>
      chooseNumbers(cell, { reading: readings[place] ?? 'unsure', also }),
    );
    const [main, ...alternatePhones] = numbersOf(parsed);
    if (!main) {
      const value = this.#corrections.get(line) ?? cells[this.phones[0] ?? 0] ?? '';
      const refused = parsed.find((cell) => !cell.ok && cell.reason !== 'no-phone') ?? parsed[0];
      const reason = refused && !refused.ok ? refused.reason : 'no-phone';
      this.#result.rejected.push({ line, reason, message: REJECT_REASONS[reason], value, cells });
      return;
    }
    const name = rowName(cells, this.mapping.nameColumns);
    const key = main.extension ? `${main.phone};${main.extension}` : main.phone;
    const firstLine = this.#firstLines.get(key);
    if (firstLine !== undefined) {
      this.#result.duplicates.push({ line, firstLine, phone: main.phone, name });
      return;
    }
    this.#firstLines.set(key, line);
    this.#result.leads.push({ line, ...main, alternatePhones, name, data: this.#dataOf(line, cells) });
  }

  #dataOf(line: number, cells: readonly string[]): Record<string, string> {
    const data: Record<string, string> = {};
    for (const { index, name } of this.#free) {
      const value = cells[index];
      if (value) data[name] = cut(value, MAX_VALUE_LENGTH);
    }
    // What somebody corrected stands beside what the sheet said.
    const column = this.table.columns.find(({ index }) => index === this.phones[0]);
    if (this.#corrections.has(line) && column)
      data[`${column.name} in the sheet`] = cut(cells[column.index] ?? '', MAX_VALUE_LENGTH);
    return data;
  }
}

function* cellsAt(
  rows: readonly (SpelledRow | NotDataReason)[],
  place: number,
): Generator<SpelledCell, void, void> {
  for (const row of rows) {
    const cell = typeof row === 'string' ? undefined : row[place];
    if (cell !== undefined) yield cell;
  }
}

/** All numbers of a row, each once. */
function numbersOf(cells: readonly PhoneCell[]): ParsedPhone[] {
  const found: ParsedPhone[] = [];
  for (const cell of cells) {
    if (!cell.ok) continue;
    const { phone, extension, alternatePhones } = cell;
    for (const one of [extension ? { phone, extension } : { phone }, ...alternatePhones])
      if (!found.some((other) => other.phone === one.phone)) found.push(one);
  }
  return found;
}

function rowName(cells: readonly string[], columns: readonly number[]): string | null {
  const name = columns
    .map((column) => cells[column] ?? '')
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
  return cut(name, MAX_NAME_LENGTH) || null;
}
