import Papa from 'papaparse';
import type { LeadResult } from './leads/lead-result';

/**
 * What a spreadsheet program may run when a cell begins with it, also after spaces or as a full-width form
 * (OWASP, "CSV Injection").
 */
const RUNNABLE = /^(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/;

/**
 * Rows as CSV (RFC 4180, UTF-8 with byte order mark so that Excel reads it as such). Every cell is quoted;
 * one that a spreadsheet program would run as a formula gets an apostrophe in front.
 */
export function toCsv(rows: readonly (readonly string[])[]): string {
  const safe = rows.map((row) => row.map((cell) => (RUNNABLE.test(cell) ? `'${cell}` : cell)));
  return `\ufeff${Papa.unparse(safe, { quotes: true, newline: '\r\n' })}\r\n`;
}

/** The rejected rows with line and reason, for the user to put right and upload again. */
export function rejectsCsv({ columns, rejected }: Pick<LeadResult, 'columns' | 'rejected'>): string {
  return toCsv([
    ['Line', 'Reason', ...columns.map(({ name }) => name)],
    ...rejected.map((row) => [
      String(row.line),
      row.message,
      ...columns.map(({ index }) => row.cells[index] ?? ''),
    ]),
  ]);
}
