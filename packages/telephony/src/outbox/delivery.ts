import type { CallReport } from '@outdial/contracts';
import { toInstant } from '../clock';
import type { OutboxEntry, UnsentReport } from './outbox-storage';

/** A piece of a recording on its way. */
export interface RecordedChunk {
  callId: string;
  n: number;
  /** SHA-256 in hex. */
  sha256: string;
  bytes: ArrayBuffer;
}

/** A recording of which all has been sent. */
export interface SentRecording {
  callId: string;
  startedAt: string;
  chunks: number;
  /** SHA-256, in hex, over the SHA-256 of its chunks. */
  root: string;
}

/**
 * Where calls are filed. Everything may be sent again and again. Each resolves once the server has it for good.
 * All throw with a `status` (HTTP) where the server answered, anything else where it could not be reached.
 */
export interface FilingServer {
  fileReport(report: CallReport, signal: AbortSignal): Promise<void>;
  sendChunk(chunk: RecordedChunk, signal: AbortSignal): Promise<void>;
  /** @returns numbers of chunks the server does not have, as ranges with both ends included */
  completeRecording(
    recording: SentRecording,
    signal: AbortSignal,
  ): Promise<readonly { from: number; to: number }[]>;
}

/** 401 ends with the next sign-in, 408, 409 and 429 by themselves. */
const WORTH_RETRYING = new Set([401, 408, 409, 429]);

/** No such call, another recording in its place, or too much of it: as it is the server will never take it. */
const FINAL_FOR_RECORDING = new Set([400, 403, 404, 409, 413]);

/** Whether the server has said no in a way that sending the same again would not change. */
export function isPermanent(error: unknown): boolean {
  const status = httpStatus(error);
  return status !== null && status >= 400 && status < 500 && !WORTH_RETRYING.has(status);
}

/** The same of a piece of a recording; one that was damaged on its way (422) is worth sending again. */
export function isFinalForRecording(error: unknown): boolean {
  return FINAL_FOR_RECORDING.has(httpStatus(error) ?? 0);
}

/** Whether the server answers, but has no space for recordings (507). */
export function isForWantOfSpace(error: unknown): boolean {
  return httpStatus(error) === 507;
}

export function httpStatus(error: unknown): number | null {
  const status = error instanceof Error && 'status' in error ? error.status : null;
  return typeof status === 'number' && status > 0 ? status : null;
}

/** Why it failed, for a person. */
export function reasonOf(error: unknown): string {
  return httpStatus(error) !== null && error instanceof Error
    ? error.message
    : 'The server could not be reached.';
}

/** The report of a call whose page died: the last that is known of it. */
export function reportOfAbandoned({ draft, lastSeenAt }: OutboxEntry): UnsentReport {
  const startedAt = Date.parse(draft.startedAt);
  const ringingAt = draft.ringingAt ? Date.parse(draft.ringingAt) : null;
  const answeredAt = draft.answeredAt ? Date.parse(draft.answeredAt) : null;
  const endedAt = Math.max(lastSeenAt, answeredAt ?? startedAt);
  return {
    ...draft,
    status: answeredAt === null ? 'failed' : 'answered',
    fault: 'local',
    cause: 'The page was closed or crashed during the call.',
    hangupBy: 'system',
    endedAt: toInstant(endedAt),
    ringMs: ringingAt === null ? 0 : Math.max(0, (answeredAt ?? endedAt) - ringingAt),
    talkMs: answeredAt === null ? 0 : endedAt - answeredAt,
    durationMs: endedAt - startedAt,
    interrupted: true,
  };
}
