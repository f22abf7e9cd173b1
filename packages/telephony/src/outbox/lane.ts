import type { OutboxEntry } from './outbox-storage';

/** One kind of thing on its way to the server, one request at a time. */
export interface Lane {
  /** Sends the next, if it is time. @returns whether something was tried */
  sendOne(entries: readonly OutboxEntry[]): Promise<boolean>;
  /** When there may be something to send, in ms since 1970; null when only news can bring it. */
  nextLook(entries: readonly OutboxEntry[]): number | null;
}
