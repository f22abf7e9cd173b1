import type { CallStatus, LeadStatus } from '@outdial/contracts';
import type { TenantReader, TenantTransaction } from '../../db/tenant';
import type { Statement } from '../../work/units';

/** Where a lead stands, as far as the counts go. */
export interface Standing {
  readonly status: string;
  readonly lastStatus: string | null;
}

/** Writers of one sheet that do not wait for each other's commits. */
const SLOTS = 8;

const INSERT = 'INSERT INTO sheet_tally (organizationId, sheetId, status, lastStatus, slot, leads) VALUES';
const ADD = 'ON DUPLICATE KEY UPDATE leads = leads + VALUES(leads)';

const isSame = (a: Standing, b: Standing) => a.status === b.status && a.lastStatus === b.lastStatus;

/** Counts a lead over from one standing to another. @param who anything that tells writers apart */
export function tallyMove(
  { organizationId, sheetId }: { readonly organizationId: number; readonly sheetId: number },
  from: Standing,
  to: Standing,
  who: number,
): Statement[] {
  if (isSame(from, to)) return [];
  const row = ({ status, lastStatus }: Standing, leads: number) => [
    organizationId,
    sheetId,
    status,
    lastStatus ?? '',
    who % SLOTS,
    leads,
  ];
  return [
    {
      sql: `${INSERT} (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?) ${ADD}`,
      values: [...row(from, -1), ...row(to, 1)],
    },
  ];
}

/** The same inside a unit of work. */
export async function moveTally(
  tx: TenantTransaction,
  key: { readonly organizationId: number; readonly sheetId: number },
  from: Standing,
  to: Standing,
  who: number,
): Promise<void> {
  for (const { sql, values } of tallyMove(key, from, to, who)) await tx.$executeRawUnsafe(sql, ...values);
}

export interface SheetCounts {
  readonly total: number;
  readonly byLeadStatus: Readonly<Record<LeadStatus, number>>;
  /** Leads that were called, by how their last call ended; those that wait again are not among them. */
  readonly byCallStatus: Readonly<Partial<Record<CallStatus, number>>>;
}

const NOTHING: SheetCounts = {
  total: 0,
  byLeadStatus: { new: 0, 'in-progress': 0, done: 0, skipped: 0 },
  byCallStatus: {},
};

/** The counts of sheets, from a few rows each however many leads they have. */
export async function countsOf(
  db: TenantReader,
  sheetIds: readonly number[],
): Promise<(sheetId: number) => SheetCounts> {
  const rows = await db.sheetTally.groupBy({
    by: ['sheetId', 'status', 'lastStatus'],
    where: { sheetId: { in: [...sheetIds] } },
    _sum: { leads: true },
  });
  return (sheetId) =>
    rows
      .filter((row) => row.sheetId === sheetId)
      .reduce((counts, row) => add(counts, row, row._sum.leads ?? 0), NOTHING);
}

function add(counts: SheetCounts, { status, lastStatus }: Standing, leads: number): SheetCounts {
  const leadStatus = status as LeadStatus;
  const callStatus = lastStatus as CallStatus | '';
  const called = callStatus && leadStatus !== 'new' && leads !== 0;
  return {
    total: counts.total + leads,
    byLeadStatus: { ...counts.byLeadStatus, [leadStatus]: counts.byLeadStatus[leadStatus] + leads },
    byCallStatus: called
      ? { ...counts.byCallStatus, [callStatus]: (counts.byCallStatus[callStatus] ?? 0) + leads }
      : counts.byCallStatus,
  };
}
