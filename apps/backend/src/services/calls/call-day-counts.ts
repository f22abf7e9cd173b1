import { type CallStatus, ENDED_STATUSES, type EndedStatus } from '@outdial/contracts';
import type { CallDayCount } from '../../db/generated/client';
import type { Unit } from '../../work/units';
import type { LocalDay } from './local-days';

/** The column that counts the calls which ended in a certain way. */
const COLUMNS = {
  answered: 'answered',
  busy: 'busy',
  'no-answer': 'noAnswer',
  rejected: 'rejected',
  'invalid-number': 'invalidNumber',
  failed: 'failed',
  cancelled: 'cancelled',
} as const satisfies Record<EndedStatus, keyof CallDayCount>;

/** The sums that Prisma is to make of counted days. */
export const SUMS = {
  answered: true,
  busy: true,
  noAnswer: true,
  rejected: true,
  invalidNumber: true,
  failed: true,
  cancelled: true,
  talkMs: true,
} as const satisfies Record<(typeof COLUMNS)[EndedStatus] | 'talkMs', true>;

/** Calls by how they ended, those in progress among them, and how long was talked in all. */
export class CallCounts {
  readonly #calls = new Map<CallStatus, number>();
  #talkMs = 0;

  add(status: CallStatus, calls: number, talkMs: number | bigint | null = 0): void {
    if (calls > 0) this.#calls.set(status, (this.#calls.get(status) ?? 0) + calls);
    this.#talkMs += Number(talkMs ?? 0);
  }

  /** Adds what `SUMS` gave; null is the sum of nothing. */
  addSums(sums: { readonly [C in keyof typeof SUMS]: number | bigint | null }): void {
    for (const status of ENDED_STATUSES) this.add(status, Number(sums[COLUMNS[status]] ?? 0));
    this.#talkMs += Number(sums.talkMs ?? 0);
  }

  get summary() {
    const byStatus: Partial<Record<CallStatus, number>> = Object.fromEntries(this.#calls);
    const total = [...this.#calls.values()].reduce((sum, calls) => sum + calls, 0);
    return { total, byStatus, talkMs: this.#talkMs };
  }
}

const NAMES = ENDED_STATUSES.map((status) => COLUMNS[status]).join(', ');
const EACH = ENDED_STATUSES.map((status) => `SUM(status = '${status}')`).join(', ');

const COUNT = `INSERT INTO call_day_count (organizationId, day, agentId, teamId, campaignId, sheetId, ${NAMES}, talkMs)
  SELECT organizationId, ?, agentId, COALESCE(teamId, 0) AS team, COALESCE(campaignId, 0) AS campaign,
    COALESCE(sheetId, 0) AS sheet, ${EACH}, COALESCE(SUM(talkMs), 0)
  FROM \`call\` FORCE INDEX (PRIMARY) WHERE organizationId = ? AND id >= ? AND id < ? AND status <> 'in-progress'
  GROUP BY organizationId, agentId, team, campaign, sheet`;

/** Counts a day from its calls, instead of what was counted before. Doing it again changes nothing. */
export async function countDay({ tx, actor }: Unit, { day, from, before }: LocalDay): Promise<void> {
  const { organizationId } = actor;
  await tx.callDayCount.deleteMany({ where: { day } });
  await tx.$executeRawUnsafe(COUNT, day, organizationId, from, before);
  await tx.$executeRaw`INSERT INTO call_day (organizationId, day, firstId, endId)
    VALUES (${organizationId}, ${day}, ${from}, ${before})
    ON DUPLICATE KEY UPDATE firstId = VALUES(firstId), endId = VALUES(endId)`;
}
