import type { OutboxEntry } from './outbox-storage';

export interface FailedUpload {
  callId: string;
  destination: string;
  reason: string;
}

export interface OutboxSnapshot {
  /** Ended calls that the server does not have yet, the one under way included. */
  waiting: number;
  /** Whether this tab is sending one now. */
  uploading: boolean;
  /** Calls the server refused; kept until the agent retries or discards them. */
  failed: readonly FailedUpload[];
  /** Why the last try failed; null once one succeeded. */
  lastError: string | null;
  /** Set when recordings are only in memory. */
  storageWarning: string | null;
}

/** What there is of calls that the server does not have. */
export function countsOf(entries: readonly OutboxEntry[]): Pick<OutboxSnapshot, 'waiting' | 'failed'> {
  return {
    waiting: entries.filter(({ state }) => state === 'waiting').length,
    failed: entries
      .filter(({ state }) => state === 'failed')
      .map(({ callId, draft, error }) => ({
        callId,
        destination: draft.destination,
        reason: error ?? 'The server refused it.',
      })),
  };
}
