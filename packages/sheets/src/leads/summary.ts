import type { RawRow } from '../raw-sheet';
import type { SheetTable } from '../sheet-table';
import type { DoubtfulNumbers } from './doubts';
import type { LeadCounts, LeadResult } from './lead-result';

/** What became of a row. */
export type RowOutcome =
  | { kind: 'taken'; phone: string; extension?: string | undefined; alternatePhones: string[] }
  | { kind: 'duplicate'; firstLine: number }
  | { kind: 'rejected'; reason: string; message: string }
  | { kind: 'not-data'; message: string };

/** A row as it stands in the file, with what became of it. */
export interface SummaryRow extends RawRow {
  outcome: RowOutcome;
}

/** Rows that are shown together. */
export type RowGroup = 'all' | RowOutcome['kind'];

/** What the page needs of an extraction; the leads stay in the worker. */
export interface LeadSummary {
  counts: LeadCounts;
  doubts: DoubtfulNumbers | null;
  /** The first rows of each group; the counts and the CSV are always whole. */
  rows: Record<RowGroup, SummaryRow[]>;
  /** How many rows were left out for each reason. */
  reasons: Record<string, number>;
  /** Numbers from the whole sheet, evenly, to compare with earlier sheets. */
  numbers: string[];
}

const SHOWN = 50;
/** Rejected rows are put right one by one. */
const SHOWN_REJECTED = 500;
const COMPARED = 2_000;

export function summarize(table: SheetTable, result: LeadResult): LeadSummary {
  const outcomes = new Map<number, RowOutcome>();
  for (const { line, phone, extension, alternatePhones } of result.leads)
    outcomes.set(line, {
      kind: 'taken',
      phone,
      extension,
      alternatePhones: alternatePhones.map((one) => one.phone),
    });
  for (const { line, firstLine } of result.duplicates) outcomes.set(line, { kind: 'duplicate', firstLine });
  for (const { line, reason, message } of result.rejected)
    outcomes.set(line, { kind: 'rejected', reason, message });
  for (const { line, message } of result.notData) outcomes.set(line, { kind: 'not-data', message });
  const rows: LeadSummary['rows'] = { all: [], taken: [], duplicate: [], rejected: [], 'not-data': [] };
  for (const { line, cells } of table.rows) {
    const outcome = outcomes.get(line);
    if (!outcome) continue;
    const group = rows[outcome.kind];
    if (group.length < (outcome.kind === 'rejected' ? SHOWN_REJECTED : SHOWN))
      group.push({ line, cells, outcome });
    if (rows.all.length < SHOWN) rows.all.push({ line, cells, outcome });
  }
  const reasons: Record<string, number> = {};
  for (const { reason } of result.rejected) reasons[reason] = (reasons[reason] ?? 0) + 1;
  const step = Math.max(1, Math.ceil(result.leads.length / COMPARED));
  return {
    counts: result.counts,
    doubts: result.doubts,
    rows,
    reasons,
    numbers: result.leads.filter((_, index) => index % step === 0).map(({ phone }) => phone),
  };
}
