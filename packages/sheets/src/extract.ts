import { cut } from './characters';
import { MAX_NAME_LENGTH, MAX_VALUE_LENGTH } from './limits';
import type { SheetMapping } from './mapping';
import {
  type CountryCode,
  type ParsedPhone,
  parsePhoneCell,
  REJECT_REASONS,
  type RejectReason,
} from './phone';
import type { RawRow } from './raw-sheet';
import { SheetError } from './sheet-error';
import { type SheetTable, withHeaderLine } from './sheet-table';

/** A row that can be dialed. */
export interface SheetLead {
  /** 1-based line in the file. */
  line: number;
  /** E.164. */
  phone: string;
  extension?: string;
  /** Further valid numbers of the same cell. */
  alternatePhones: ParsedPhone[];
  name: string | null;
  /** All other columns that are filled, in the order of the sheet; each at most `MAX_VALUE_LENGTH` long. */
  data: Record<string, string>;
}

/** A row left out because an earlier one has the same number. */
export interface DuplicateRow {
  line: number;
  /** Line of the row that was taken. */
  firstLine: number;
  phone: string;
  name: string | null;
}

/** A row that cannot be dialed, with why, and as it stood in the file. */
export interface RejectedRow {
  line: number;
  reason: RejectReason;
  /** The reason in words, for the user. */
  message: string;
  /** The phone cell as it stood. */
  value: string;
  cells: string[];
}

export interface LeadCounts {
  rows: number;
  taken: number;
  duplicates: number;
  rejected: number;
}

export interface LeadResult {
  /** Names of the sheet's columns, in order, and their places in `RejectedRow.cells`. */
  columns: { index: number; name: string }[];
  leads: SheetLead[];
  duplicates: DuplicateRow[];
  rejected: RejectedRow[];
  counts: LeadCounts;
}

export interface ExtractOptions {
  /** Where numbers without a country code belong. */
  country: CountryCode;
  /** Called now and then, and at the end. */
  onProgress?: (done: number, total: number) => void;
}

const SLICE = 1000;

/**
 * Turns the rows below the header into leads; every row ends up taken, as a duplicate or rejected.
 * @throws SheetError `no-phone-column`
 */
export function extractLeads(table: SheetTable, mapping: SheetMapping, options: ExtractOptions): LeadResult {
  const steps = extractInSteps(table, mapping, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    options.onProgress?.(step.value, table.rows.length - table.firstRow);
  }
}

/** `extractLeads` that lets other work run between slices of 1,000 rows (10–20 ms), for a server's one thread. */
export async function extractLeadsPolitely(
  table: SheetTable,
  mapping: SheetMapping,
  options: ExtractOptions,
): Promise<LeadResult> {
  const steps = extractInSteps(table, mapping, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    options.onProgress?.(step.value, table.rows.length - table.firstRow);
    await new Promise<void>((resume) => setTimeout(resume, 0));
  }
}

/** Yields the number of rows done. */
function* extractInSteps(
  given: SheetTable,
  mapping: SheetMapping,
  { country }: ExtractOptions,
): Generator<number, LeadResult, void> {
  const table = given.headerLine === mapping.headerLine ? given : withHeaderLine(given, mapping.headerLine);
  const { phoneColumn } = mapping;
  if (phoneColumn === null || !table.columns.some(({ index }) => index === phoneColumn)) {
    throw new SheetError('no-phone-column', 'Choose the column that holds the phone numbers.');
  }
  const free = table.columns.filter(
    ({ index }) => index !== phoneColumn && !mapping.nameColumns.includes(index),
  );
  const total = table.rows.length - table.firstRow;
  const firstLines = new Map<string, number>();
  const result: LeadResult = {
    columns: table.columns.map(({ index, name }) => ({ index, name })),
    leads: [],
    duplicates: [],
    rejected: [],
    counts: { rows: total, taken: 0, duplicates: 0, rejected: 0 },
  };
  for (let done = 0; done < total; done++) {
    if (done > 0 && done % SLICE === 0) yield done;
    const row = table.rows[table.firstRow + done];
    if (row) takeRow(row);
  }
  result.counts.taken = result.leads.length;
  result.counts.duplicates = result.duplicates.length;
  result.counts.rejected = result.rejected.length;
  yield total;
  return result;

  function takeRow({ line, cells }: RawRow): void {
    const value = cells[phoneColumn ?? 0] ?? '';
    const parsed = parsePhoneCell(value, country);
    if (!parsed.ok) {
      result.rejected.push({
        line,
        reason: parsed.reason,
        message: REJECT_REASONS[parsed.reason],
        value,
        cells,
      });
      return;
    }
    const { ok: _, ...numbers } = parsed;
    const name = rowName(cells, mapping.nameColumns);
    const firstLine = firstLines.get(numbers.phone);
    if (firstLine !== undefined) {
      result.duplicates.push({ line, firstLine, phone: numbers.phone, name });
      return;
    }
    firstLines.set(numbers.phone, line);
    const filled = free.filter(({ index }) => cells[index]);
    const data = Object.fromEntries(filled.map((c) => [c.name, cut(cells[c.index] ?? '', MAX_VALUE_LENGTH)]));
    result.leads.push({ line, ...numbers, name, data });
  }
}

function rowName(cells: readonly string[], columns: readonly number[]): string | null {
  const name = columns
    .map((column) => cells[column] ?? '')
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
  return cut(name, MAX_NAME_LENGTH) || null;
}
