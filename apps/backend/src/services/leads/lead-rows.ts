import type { CallStatus, Lead, LeadStatus } from '@outdial/contracts';
import type { Lead as LeadRow } from '../../db/generated/client';
import { publicId, uuidText } from '../../db/public-ids';

/** Columns are stored as pairs: a JSON object does not keep their order in MySQL. */
type LeadData = readonly (readonly [column: string, value: string])[];

export const dataOf = (row: Pick<LeadRow, 'data'>): Record<string, string> =>
  Object.fromEntries(row.data as unknown as LeadData);

export function toLead(row: LeadRow): Lead {
  return {
    id: publicId('lead', row.id),
    line: row.line,
    phone: row.phone,
    extension: row.extension,
    alternatePhones: row.alternatePhones as string[],
    name: row.name,
    data: dataOf(row),
    status: row.status as LeadStatus,
    attempts: row.attempts,
    lastStatus: row.lastStatus as CallStatus | null,
    lastCallId: row.lastCallUuid && uuidText(row.lastCallUuid),
    lastCallAt: row.lastCallAt?.toISOString() ?? null,
  };
}
