import { isDuplicate } from '../../db/errors';
import { timeId } from '../../db/time-id';
import type { Worker } from '../../work/actor';
import type { OutboxRow } from '../../work/draft';
import type { Statement, Units } from '../../work/units';
import type { PreparedClaim } from '../leads/leads.service';

export interface NewCallRow {
  readonly organizationId: number;
  readonly uuid: Uint8Array;
  readonly agentId: number;
  readonly teamId: number | null;
  readonly direction: string;
  readonly destination: string;
  readonly startedAt: Date;
  readonly claim: PreparedClaim | null;
}

const INSERT = `INSERT INTO \`call\` (organizationId, id, uuid, agentId, teamId, campaignId, sheetId, leadId, attempt,
  direction, destination, status, startedAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'in-progress', ?)`;

/** Another call of the same millisecond may have drawn the same id; three times in a row it does not happen. */
const DRAWS = 3;

/**
 * Writes a call in progress and takes its lead, in one quick unit. The first statement is the gate: its UUID is taken
 * if the call was made before.
 * @param isKnown whether a call with this UUID is there already
 * @throws the duplicate's error then; UnitRefusedError when the lead is not to be had
 */
export async function beginCall(
  units: Units,
  actor: Worker,
  call: NewCallRow,
  news: readonly OutboxRow[],
  isKnown: () => Promise<boolean>,
): Promise<void> {
  for (let draw = 1; ; draw++) {
    try {
      await units.quick(actor, [...rowsOf(call), ...(call.claim?.statements ?? [])], news);
      return;
    } catch (error) {
      if (!isDuplicate(error) || draw === DRAWS || (await isKnown())) throw error;
    }
  }
}

function rowsOf(call: NewCallRow): Statement[] {
  const { organizationId, startedAt, claim } = call;
  const id = timeId(startedAt);
  return [
    {
      sql: INSERT,
      values: [
        organizationId,
        id,
        Buffer.from(call.uuid),
        call.agentId,
        call.teamId,
        claim?.campaignId ?? null,
        claim?.sheet.id ?? null,
        claim?.id ?? null,
        claim?.attempt ?? null,
        call.direction,
        call.destination,
        startedAt,
      ],
      mustChange: 1,
    },
    {
      sql: 'INSERT INTO live_call (organizationId, callId, seenAt) VALUES (?, ?, ?)',
      values: [organizationId, id, startedAt],
    },
  ];
}
