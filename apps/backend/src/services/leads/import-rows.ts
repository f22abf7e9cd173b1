import type { LeadResult } from '@outdial/sheets';
import type { Statement } from '../../work/units';
import type { ImportResult, KnownLead } from './known-leads';

/** The sheet that is imported. */
export interface ImportKey {
  readonly organizationId: number;
  readonly id: number;
  readonly campaignId: number;
}

const INSERT_LEAD = `INSERT INTO \`lead\` (organizationId, campaignId, sheetId, line, \`rank\`, phone, extension,
  alternatePhones, name, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const INSERT_ISSUE = `INSERT INTO sheet_issue (organizationId, sheetId, line, kind, reason, message, \`values\`)
  VALUES (?, ?, ?, ?, ?, ?, ?)`;

/** The rows of a result in a fixed order: leads, duplicates, rejects, lines that are no data, known numbers; `from` to `to` of them as statements. */
export function rowsOf(
  key: ImportKey,
  result: ImportResult,
  from: number,
  to: number,
): { leads: number; statements: Statement[] } {
  const { leads, duplicates, rejected, notData, known } = result;
  const part = <T>(rows: readonly T[], before: number) =>
    rows.slice(Math.max(0, from - before), Math.max(0, to - before));
  const leadRows = part(leads, 0).map((lead, index) => [
    key.organizationId,
    key.campaignId,
    key.id,
    lead.line,
    from + index,
    lead.phone,
    lead.extension ?? null,
    JSON.stringify(lead.alternatePhones.map((alternate) => alternate.phone)),
    lead.name,
    JSON.stringify(Object.entries(lead.data)),
  ]);
  const issueRows = [
    ...part(duplicates, leads.length).map((row) => duplicateRow(key, row)),
    ...part(rejected, leads.length + duplicates.length).map((row) =>
      rowAsItStood(key, 'rejected', row, result),
    ),
    ...part(notData, leads.length + duplicates.length + rejected.length).map((row) =>
      rowAsItStood(key, 'not-data', row, result),
    ),
    ...part(known, leads.length + duplicates.length + rejected.length + notData.length).map((row) =>
      knownRow(key, row),
    ),
  ];
  return {
    leads: leadRows.length,
    statements: [batch(INSERT_LEAD, leadRows), batch(INSERT_ISSUE, issueRows)].flat(),
  };
}

const batch = (sql: string, rows: readonly unknown[][]): Statement[] =>
  rows.length > 0 ? [{ sql, values: [], rows }] : [];

const duplicateRow = (key: ImportKey, row: LeadResult['duplicates'][number]) => [
  key.organizationId,
  key.id,
  row.line,
  'duplicate',
  'duplicate',
  `The same number as line ${row.firstLine}.`,
  JSON.stringify([['Phone', row.phone], ...(row.name ? [['Name', row.name]] : [])]),
];

const rowAsItStood = (
  key: ImportKey,
  kind: 'rejected' | 'not-data',
  row: LeadResult['rejected' | 'notData'][number],
  { columns }: LeadResult,
) => [
  key.organizationId,
  key.id,
  row.line,
  kind,
  row.reason,
  row.message,
  JSON.stringify(columns.map(({ index, name }) => [name, row.cells[index] ?? ''])),
];

const knownRow = (key: ImportKey, { lead, sheet }: KnownLead) => [
  key.organizationId,
  key.id,
  lead.line,
  'known',
  'known',
  `The same number is in “${sheet}”.`.slice(0, 300),
  JSON.stringify([['Phone', lead.phone], ...(lead.name ? [['Name', lead.name]] : [])]),
];

/** Counts new leads in. */
export function countStatement({ organizationId, id }: ImportKey, leads: number): Statement[] {
  if (leads === 0) return [];
  return [
    {
      sql: `INSERT INTO sheet_tally (organizationId, sheetId, status, lastStatus, slot, leads)
        VALUES (?, ?, 'new', '', 0, ?) ON DUPLICATE KEY UPDATE leads = leads + VALUES(leads)`,
      values: [organizationId, id, leads],
    },
  ];
}
