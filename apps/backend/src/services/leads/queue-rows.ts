import type { Queue } from '@outdial/contracts';
import type { Sheet } from '../../db/generated/client';
import type { TenantReader } from '../../db/tenant';
import { toLead } from './lead-rows';
import { sheetInclude, toSheet } from './sheet-rows';
import { countsOf } from './tally';

/**
 * A page that dials is heard of every 15 s in a call and at each dial; between two calls lies a wrap-up of 120 s at
 * most. After this long another page may take the sheet unasked.
 */
const DIALER_SILENCE_MS = 150_000;
const LOOK_AHEAD = 10;
/** Longer gaps between two dials are breaks, not work. */
const LONGEST_HANDLE_MS = 15 * 60_000;

/** Whether a page is dialing the sheet now. */
export function isDialed({ status, dialerSeenAt }: Sheet, now: Date): boolean {
  return status === 'running' && (dialerSeenAt?.getTime() ?? 0) > now.getTime() - DIALER_SILENCE_MS;
}

/** A sheet's queue as it is shown. */
export async function readQueue(
  db: TenantReader,
  sheetId: number,
  now: Date,
  dialerSessionId?: string,
): Promise<Queue> {
  const [sheet, counts, upcoming, recent] = await Promise.all([
    db.sheet.findFirstOrThrow({ where: { id: sheetId }, include: sheetInclude }),
    countsOf(db, [sheetId]),
    db.lead.findMany({ where: { sheetId, status: 'new' }, orderBy: { rank: 'asc' }, take: LOOK_AHEAD }),
    db.lead.findMany({
      where: { sheetId, lastCallAt: { not: null } },
      orderBy: { lastCallAt: 'desc' },
      take: 2 * LOOK_AHEAD,
    }),
  ]);
  const { total, byLeadStatus, byCallStatus } = counts(sheetId);
  return {
    sheet: toSheet(sheet, byLeadStatus.new),
    counts: {
      total,
      remaining: byLeadStatus.new,
      done: byLeadStatus.done,
      skipped: byLeadStatus.skipped,
      byStatus: byCallStatus,
    },
    upcoming: isImported(sheet) ? upcoming.map(toLead) : [],
    recent: recent.slice(0, LOOK_AHEAD).map(toLead),
    averageHandleMs: averageGapMs(recent.map((lead) => lead.lastCallAt?.getTime() ?? 0)),
    dialer: dialerOf(sheet, now, dialerSessionId),
  };
}

/** Leads of a sheet that is still being imported wait until all of them are there. */
const isImported = ({ status }: Sheet): boolean => status !== 'uploaded' && status !== 'importing';

function dialerOf(sheet: Sheet, now: Date, dialerSessionId?: string): Queue['dialer'] {
  if (!sheet.dialerSessionId || !isDialed(sheet, now)) return null;
  return { sessionId: sheet.dialerSessionId, mine: sheet.dialerSessionId === dialerSessionId };
}

/** Mean gap between calls, newest first, leaving breaks out. */
function averageGapMs(times: readonly number[]): number | null {
  const gaps = times.slice(1).map((time, index) => (times[index] ?? time) - time);
  const work = gaps.filter((gap) => gap < LONGEST_HANDLE_MS);
  return work.length > 0 ? Math.round(work.reduce((sum, gap) => sum + gap, 0) / work.length) : null;
}
