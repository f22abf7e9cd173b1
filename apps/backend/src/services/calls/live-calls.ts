import type { Statement } from '../../work/units';

/** The pages of these calls were heard of. */
export function callsSeen(organizationId: number, callIds: readonly bigint[], now: Date): Statement {
  return {
    sql: `UPDATE live_call SET seenAt = ? WHERE organizationId = ? AND callId IN (${callIds.map(() => '?')})`,
    values: [now, organizationId, ...callIds],
  };
}
