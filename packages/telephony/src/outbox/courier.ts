import { backOffMs, type Clock, toInstant } from '../clock';
import { httpStatus, isForWantOfSpace, isPermanent, reportOfAbandoned, type SendReport } from './delivery';
import type { Locks } from './locks';
import type { OutboxEntry, OutboxStorage } from './outbox-storage';

const RETRY_BASE_MS = 2_000;
const RETRY_CAP_MS = 5 * 60_000;
/** How long a sending may take: for the answer, and for the slowest line that a recording is still waited for on. */
const ANSWER_MS = 60_000;
const SLOWEST_BYTES_PER_MS = 16;

export interface CourierOptions {
  userId: string;
  send: SendReport;
  storage: OutboxStorage;
  locks: Locks;
  clock: Clock;
  random: () => number;
  /** Aborts when the outbox closes. */
  signal: AbortSignal;
  /** Whether this very page has the call. */
  isHere: (callId: string) => boolean;
  /** An entry changed on disk. */
  onChange: () => Promise<void>;
  onUploading: (uploading: boolean) => void;
  /** Why the last try failed, or null after one that succeeded. */
  onResult: (error: string | null) => void;
}

/** Carries waiting entries to the server, oldest first, one at a time; in one tab of all. */
export class Courier {
  readonly #options: CourierOptions;
  readonly #awaited = new Set<string>();
  #wake: () => void = () => {};
  #afresh = false;

  constructor(options: CourierOptions) {
    this.#options = options;
  }

  /** Waits for its turn among the tabs, then works until the signal aborts. */
  async run(): Promise<void> {
    const { locks, userId, signal } = this.#options;
    await locks.request(`outdial-outbox:${userId}`, signal, () => this.#deliver()).catch(() => undefined);
  }

  /** There may be something to do. */
  wake(): void {
    this.#wake();
  }

  /** The network is back: what waits is tried at once. */
  retryNow(): void {
    this.#afresh = true;
    this.#wake();
  }

  /** Runs while this tab holds the sender's lock. */
  async #deliver(): Promise<void> {
    while (!this.#options.signal.aborted) {
      // Before the list is read, so that a wake-up in between is not missed.
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      if (this.#afresh) await this.#forgetBackOff();
      const entries = await this.#options.storage.list(this.#options.userId);
      for (const { callId, state } of entries) if (state === 'live') this.#awaitEndOf(callId);
      const waiting = entries.filter(({ state }) => state === 'waiting');
      const due = waiting.find(({ nextAttemptAt }) => nextAttemptAt <= this.#options.clock.now());
      if (due) {
        await this.#upload(due);
        continue;
      }
      const next = Math.min(...waiting.map(({ nextAttemptAt }) => nextAttemptAt));
      const cancel = Number.isFinite(next)
        ? this.#options.clock.after(Math.max(0, next - this.#options.clock.now()), () => this.#wake())
        : null;
      await woken;
      cancel?.();
    }
  }

  async #forgetBackOff(): Promise<void> {
    this.#afresh = false;
    for (const entry of await this.#options.storage.list(this.#options.userId)) {
      if (entry.state === 'waiting') await this.#options.storage.put({ ...entry, nextAttemptAt: 0 });
    }
  }

  async #upload(entry: OutboxEntry): Promise<void> {
    const { signal } = this.#options;
    this.#options.onUploading(true);
    try {
      const recording = await this.#recordingOf(entry);
      await this.#file(entry, recording).catch(async (error: unknown) => {
        // A recording the server will not take must not keep the call itself from being filed.
        if (recording && (isPermanent(error) || isForWantOfSpace(error))) await this.#file(entry, null);
        throw error;
      });
      await this.#options.storage.remove(entry.callId);
      this.#options.onResult(null);
    } catch (error) {
      if (signal.aborted) return;
      await this.#options.storage.put(this.#afterFailure(entry, error));
    } finally {
      this.#options.onUploading(false);
    }
    await this.#options.onChange();
  }

  async #file({ report, draft }: OutboxEntry, recording: Blob | null): Promise<void> {
    if (!report) throw new Error(`The call ${draft.callId} has no report yet.`);
    const { clock, send, signal } = this.#options;
    const limit = new AbortController();
    const giveUp = () => limit.abort(signal.reason);
    const cancel = clock.after(ANSWER_MS + (recording?.size ?? 0) / SLOWEST_BYTES_PER_MS, giveUp);
    signal.addEventListener('abort', giveUp);
    try {
      await send({ ...report, sentAt: toInstant(clock.now()) }, recording, limit.signal);
    } finally {
      cancel();
      signal.removeEventListener('abort', giveUp);
    }
  }

  #afterFailure(entry: OutboxEntry, error: unknown): OutboxEntry {
    const status = httpStatus(error);
    const reason =
      status !== null && error instanceof Error ? error.message : 'The server could not be reached.';
    this.#options.onResult(reason);
    if (isPermanent(error)) return { ...entry, state: 'failed', error: reason };
    const wait = backOffMs(entry.attempts, RETRY_BASE_MS, RETRY_CAP_MS, this.#options.random);
    return {
      ...entry,
      attempts: entry.attempts + 1,
      nextAttemptAt: this.#options.clock.now() + wait,
      error: reason,
    };
  }

  async #recordingOf({ callId, mimeType }: OutboxEntry): Promise<Blob | null> {
    const chunks = await this.#options.storage.chunks(callId);
    return chunks.size > 0 ? new Blob([...chunks.values()], { type: mimeType ?? 'audio/webm' }) : null;
  }

  /** Gets a call's lock once its page has let go or died; whatever is still `live` then was abandoned. */
  #awaitEndOf(callId: string): void {
    if (this.#options.isHere(callId) || this.#awaited.has(callId)) return;
    this.#awaited.add(callId);
    void this.#options.locks
      .request(`outdial-call:${callId}`, this.#options.signal, async () => {
        const entry = await this.#options.storage.get(callId);
        if (entry?.state === 'live') {
          await this.#options.storage.put({
            ...entry,
            state: 'waiting',
            report: entry.report ?? reportOfAbandoned(entry),
          });
        }
        this.#awaited.delete(callId);
        await this.#options.onChange();
      })
      .catch(() => undefined);
  }
}
