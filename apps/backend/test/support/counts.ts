import { expect } from 'vitest';
import type { Db } from '../../src/db/client';

/** A summary as the rows of calls give it, by their start. */
export async function countOfRows(
  db: Db,
  organizationId: number,
  { from, to }: { readonly from: string; readonly to: string },
  agentId?: number | null,
) {
  const groups = await db.call.groupBy({
    by: ['status'],
    where: { organizationId, startedAt: { gte: from, lt: to }, ...(agentId && { agentId }) },
    _count: { _all: true },
    _sum: { talkMs: true },
  });
  return {
    total: groups.reduce((sum, { _count }) => sum + _count._all, 0),
    byStatus: Object.fromEntries(groups.map(({ status, _count }) => [status, _count._all])),
    talkMs: groups.reduce((sum, { _sum }) => sum + (_sum.talkMs ?? 0), 0),
  };
}

/** What the counts of an organization's days come to. */
export async function countsOfDays(db: Db, organizationId: number) {
  const rows = await db.callDayCount.findMany({ where: { organizationId }, orderBy: { day: 'asc' } });
  const sum = (pick: (row: (typeof rows)[number]) => number) =>
    rows.reduce((total, row) => total + pick(row), 0);
  const calls = sum(
    ({ answered, busy, noAnswer, rejected, invalidNumber, failed, cancelled }) =>
      answered + busy + noAnswer + rejected + invalidNumber + failed + cancelled,
  );
  const days = new Set(rows.map(({ day }) => day.toISOString().slice(0, 10)));
  return { days: [...days], calls, talkMs: sum(({ talkMs }) => Number(talkMs)) };
}

/** That the counts kept of a sheet's leads are those of its rows. */
export async function expectTallied(db: Db, sheetId: number): Promise<void> {
  const kept = await db.sheetTally.groupBy({
    by: ['status', 'lastStatus'],
    where: { sheetId },
    _sum: { leads: true },
  });
  const rows = await db.lead.groupBy({ by: ['status', 'lastStatus'], where: { sheetId }, _count: true });
  const of = (status: string, lastStatus: string | null) => `${status} ${lastStatus ?? ''}`;
  const counted = rows.map(({ status, lastStatus, _count }) => [of(status, lastStatus), _count]);
  const tallied = kept.map(({ status, lastStatus, _sum }) => [of(status, lastStatus), _sum.leads ?? 0]);
  expect(Object.fromEntries(tallied.filter(([, leads]) => leads !== 0))).toEqual(Object.fromEntries(counted));
}
