import type { CallStatus } from '@outdial/contracts';
import type { Db } from '../../db/client';
import { type TenantReader, tenantSnapshot } from '../../db/tenant';
import { AppError } from '../../errors/app-error';
import type { Actor } from '../../work/actor';
import { type Scope, scopeWhere } from '../../work/scope';
import { CallCounts, SUMS } from './call-day-counts';
import { agentOf, condition, idsOf, inScope, isOneOf, kindsOf } from './call-filter';
import { type IdRange, type LocalDay, rangesBetween, wholeDays } from './local-days';

const MAX_RANGE_MS = 31 * 24 * 60 * 60 * 1000;

/** Whose calls are summed up: those of the scope, of one agent if one is asked for. */
interface Whose {
  readonly organizationId: number;
  readonly scope: Scope;
  readonly agentId: number | null;
}

/** How many calls ended how. Exactly what their rows say, though most are never read: whole days are counted already. */
export class CallSummaryService {
  constructor(private readonly db: Db) {}

  async show(actor: Actor, range: { from: string; to: string; agentId?: string | undefined }) {
    if (new Date(range.to).getTime() - new Date(range.from).getTime() > MAX_RANGE_MS)
      throw new AppError('validation', 'Choose a range of at most 31 days.');
    const ids = idsOf(range);
    const { organizationId, scope } = actor;
    const whose: Whose = { organizationId, scope, agentId: agentOf(range) };
    const counts = new CallCounts();
    // A call that changes, its note, and the day that is counted anew must all be seen as of one moment.
    await tenantSnapshot(this.db, organizationId, async (db) => {
      const days = await countedDays(db, organizationId, ids);
      await addRows(db, whose, rangesBetween(ids, days), counts);
      if (days.length === 0) return;
      await addDays(db, whose, days, counts);
      await addInProgress(db, whose, days, counts);
    });
    return counts.summary;
  }
}

/** The whole days of a range whose counts are those of their calls: counted within these borders, unchanged since. */
async function countedDays(db: TenantReader, organizationId: number, range: IdRange): Promise<LocalDay[]> {
  const calendar = await db.callCalendar.findFirst({ where: {} });
  const days = calendar ? wholeDays(range, calendar.timeZone) : [];
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return [];
  const counted = await db.$queryRaw<
    { firstId: bigint; endId: bigint }[]
  >`SELECT d.firstId, d.endId FROM call_day d
    WHERE d.organizationId = ${organizationId} AND d.day BETWEEN ${first.day} AND ${last.day}
      AND NOT EXISTS (SELECT 1 FROM call_change n
        WHERE n.organizationId = d.organizationId AND n.callId >= d.firstId AND n.callId < d.endId)`;
  const ends = new Map(counted.map(({ firstId, endId }) => [Number(firstId), Number(endId)]));
  return days.filter(({ from, before }) => ends.get(from) === before);
}

const ownWhere = ({ scope, agentId }: Whose) => [scopeWhere(scope), agentId === null ? {} : { agentId }];

async function addDays(
  db: TenantReader,
  whose: Whose,
  days: readonly LocalDay[],
  counts: CallCounts,
): Promise<void> {
  const where = { AND: ownWhere(whose), day: { in: days.map(({ day }) => day) } };
  const { _sum } = await db.callDayCount.aggregate({ where, _sum: SUMS });
  counts.addSums(_sum);
}

async function addRows(
  db: TenantReader,
  whose: Whose,
  ranges: readonly IdRange[],
  counts: CallCounts,
): Promise<void> {
  if (ranges.length === 0) return;
  const groups = await db.call.groupBy({
    by: ['status'],
    where: {
      AND: ownWhere(whose),
      OR: ranges.map(({ from, before }) => ({ id: { gte: from, lt: before } })),
    },
    _count: { _all: true },
    _sum: { talkMs: true },
  });
  for (const { status, _count, _sum } of groups) counts.add(status as CallStatus, _count._all, _sum.talkMs);
}

const IN_PROGRESS = isOneOf('c.kind', kindsOf({ status: ['in-progress'] }) ?? []);

/** Calls in progress are in no count of a day: their number changes all the time, and there are few. */
async function addInProgress(
  db: TenantReader,
  { organizationId, scope, agentId }: Whose,
  days: readonly LocalDay[],
  counts: CallCounts,
): Promise<void> {
  const inDays = days.map(({ from, before }) => condition('c.id >= ? AND c.id < ?', from, before));
  const where = [
    condition('c.organizationId = ?', organizationId),
    IN_PROGRESS,
    condition(`(${inDays.map(({ sql }) => sql).join(' OR ')})`, ...inDays.flatMap(({ values }) => values)),
    ...inScope(scope),
    ...(agentId === null ? [] : [condition('c.agentId = ?', agentId)]),
  ];
  const [row] = await db.$queryRawUnsafe<{ calls: bigint }[]>(
    `SELECT COUNT(*) AS calls FROM \`call\` c FORCE INDEX (call_kind) WHERE ${where.map(({ sql }) => sql).join(' AND ')}`,
    ...where.flatMap(({ values }) => values),
  );
  counts.add('in-progress', Number(row?.calls ?? 0));
}
