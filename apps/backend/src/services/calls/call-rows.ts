import type { Call, CallStatus, Direction, HangupBy } from '@outdial/contracts';
import type { Prisma } from '../../db/generated/client';
import type { ClaimedLead } from '../leads/lead-claim';

/** What a call is shown with; every relation is held by a composite key, so it cannot leave the organization. */
export const callInclude = {
  agent: { select: { id: true, user: { select: { name: true } } } },
  lead: { select: { id: true, name: true } },
  sheet: { select: { id: true, name: true } },
  recording: true,
} satisfies Prisma.CallInclude;

export type CallRow = Prisma.CallGetPayload<{ include: typeof callInclude }>;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export function toCall(row: CallRow): Call {
  return {
    id: row.id,
    direction: row.direction as Direction,
    destination: row.destination,
    status: row.status as CallStatus,
    sipCode: row.sipCode,
    cause: row.cause,
    hangupBy: row.hangupBy as HangupBy | null,
    startedAt: row.startedAt.toISOString(),
    ringingAt: iso(row.ringingAt),
    answeredAt: iso(row.answeredAt),
    endedAt: iso(row.endedAt),
    ringMs: row.ringMs,
    talkMs: row.talkMs,
    durationMs: row.durationMs,
    attempt: row.attempt,
    agent: { id: row.agent.id, name: row.agent.user.name },
    lead: row.lead,
    sheet: row.sheet,
    recording: row.recording && {
      id: row.recording.id,
      durationMs: row.recording.durationMs,
      sizeBytes: row.recording.sizeBytes,
      mimeType: row.recording.mimeType,
      url: `/api/recordings/${row.recording.id}/audio`,
    },
  };
}

/** A call that has just been made; known without reading it back, for which the agent would wait. */
export function begunCall(
  call: Pick<Call, 'id' | 'destination' | 'agent'>,
  startedAt: Date,
  lead: ClaimedLead | null,
): Call {
  return {
    ...call,
    direction: 'outbound',
    status: 'in-progress',
    startedAt: startedAt.toISOString(),
    sipCode: null,
    cause: null,
    hangupBy: null,
    ringingAt: null,
    answeredAt: null,
    endedAt: null,
    ringMs: null,
    talkMs: null,
    durationMs: null,
    attempt: lead?.attempts ?? null,
    lead: lead && { id: lead.id, name: lead.name },
    sheet: lead && { id: lead.sheetId, name: lead.sheet.name },
    recording: null,
  };
}

/** A number backwards, so that a search by its last digits is a search by prefix. */
export const reversed = (number: string): string => [...number].reverse().join('');
