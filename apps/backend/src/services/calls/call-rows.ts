import type {
  Call,
  CallDetail,
  CallFault,
  CallReach,
  CallStatus,
  Direction,
  HangupBy,
} from '@outdial/contracts';
import type { Prisma } from '../../db/generated/client';
import { publicId, uuidText } from '../../db/public-ids';

/** What a call is shown with; every relation is held by a composite key, so it cannot leave the organization. */
export const callInclude = {
  agent: { select: { id: true, user: { select: { name: true } } } },
  lead: { select: { id: true, name: true } },
  sheet: { select: { uuid: true, name: true } },
  recording: { include: { file: { select: { sizeBytes: true } } } },
} satisfies Prisma.CallInclude;

export type CallRow = Prisma.CallGetPayload<{ include: typeof callInclude }>;

type RecordingColumns = Pick<
  NonNullable<CallRow['recording']>,
  'status' | 'durationMs' | 'mimeType' | 'peaksFileId' | 'file'
>;

/** As much of a call's row as a list shows. */
export interface ListedCall
  extends Pick<
    CallRow,
    | 'uuid'
    | 'direction'
    | 'destination'
    | 'status'
    | 'reached'
    | 'fault'
    | 'sipCode'
    | 'cause'
    | 'hangupBy'
    | 'startedAt'
    | 'ringingAt'
    | 'answeredAt'
    | 'endedAt'
    | 'ringMs'
    | 'talkMs'
    | 'durationMs'
    | 'attempt'
    | 'agent'
    | 'lead'
    | 'sheet'
  > {
  readonly recording: RecordingColumns | null;
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export function toCall(row: ListedCall): Call {
  const id = uuidText(row.uuid);
  return {
    id,
    direction: row.direction as Direction,
    destination: row.destination,
    status: row.status as CallStatus,
    reached: row.reached as CallReach | null,
    fault: row.fault as CallFault | null,
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
    agent: { id: publicId('agent', row.agent.id), name: row.agent.user.name },
    lead: row.lead && { id: publicId('lead', row.lead.id), name: row.lead.name },
    sheet: row.sheet && { id: uuidText(row.sheet.uuid), name: row.sheet.name },
    recording: row.recording && toRecording(id, row.recording),
  };
}

const toRecording = (callId: string, row: RecordingColumns): Call['recording'] => ({
  id: callId,
  status: row.status as NonNullable<Call['recording']>['status'],
  durationMs: row.durationMs,
  sizeBytes: Number(row.file.sizeBytes),
  mimeType: row.mimeType,
  url: `/api/recordings/${callId}/audio`,
  peaksUrl: row.peaksFileId === null ? null : `/api/recordings/${callId}/peaks`,
});

type NewCall = Pick<Call, 'id' | 'destination' | 'agent' | 'attempt' | 'lead' | 'sheet'>;

/** A call that has just been made; known without reading it back, for which the agent would wait. */
export const begunCall = (call: NewCall, startedAt: Date): Call => ({
  ...call,
  direction: 'outbound',
  status: 'in-progress',
  startedAt: startedAt.toISOString(),
  reached: null,
  fault: null,
  sipCode: null,
  cause: null,
  hangupBy: null,
  ringingAt: null,
  answeredAt: null,
  endedAt: null,
  ringMs: null,
  talkMs: null,
  durationMs: null,
  recording: null,
});

type TimelineEntry = CallDetail['timeline'][number];

/** What happened when, as far as the call's record tells. */
export function timelineOf(row: CallRow): TimelineEntry[] {
  const entries: (Omit<TimelineEntry, 'at'> & { at: Date | null | undefined })[] = [
    { at: row.startedAt, kind: 'dialed', text: `Dialed ${row.destination}` },
    { at: row.ringingAt, kind: 'ringing', text: 'Ringing' },
    { at: row.answeredAt, kind: 'answered', text: 'Answered' },
    { at: row.endedAt, kind: 'ended', text: row.cause ?? 'Ended' },
    { at: row.recording?.createdAt, kind: 'recording-stored', text: 'Recording stored' },
  ];
  return entries.flatMap(({ at, ...entry }) => (at ? [{ ...entry, at: at.toISOString() }] : []));
}
