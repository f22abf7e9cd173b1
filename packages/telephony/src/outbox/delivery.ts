import type { CallReport } from '@outdial/contracts';
import { toInstant } from '../clock';
import type { OutboxEntry, UnsentReport } from './outbox-storage';

/**
 * Files one call. Resolves once the server has it for good.
 * @throws with a `status` (HTTP) where the server answered, anything else where it could not be reached
 */
export type SendReport = (report: CallReport, recording: Blob | null, signal: AbortSignal) => Promise<void>;

/** 401 ends with the next sign-in, 408, 409 and 429 by themselves. */
const WORTH_RETRYING = new Set([401, 408, 409, 429]);

/** Whether the server has said no in a way that sending the same again would not change. */
export function isPermanent(error: unknown): boolean {
  const status = httpStatus(error);
  return status !== null && status >= 400 && status < 500 && !WORTH_RETRYING.has(status);
}

/** Whether the server would have taken less: the call's report, while it has no space for the recording (507). */
export function isForWantOfSpace(error: unknown): boolean {
  return httpStatus(error) === 507;
}

export function httpStatus(error: unknown): number | null {
  const status = error instanceof Error && 'status' in error ? error.status : null;
  return typeof status === 'number' && status > 0 ? status : null;
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
