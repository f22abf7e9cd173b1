import { MAX_CHUNK_BYTES } from '@outdial/contracts';
import type { CancelTimer, Clock } from '../clock';
import type { OutboxEntry, OutboxStorage } from './outbox-storage';

/**
 * What became known of a call is written so much later, all of it at once: the call itself comes first. Of a page that
 * dies before that, the server has the call's row.
 */
const WRITE_AFTER_MS = 250;

export interface LiveEntryOptions {
  entry: OutboxEntry;
  storage: OutboxStorage;
  clock: Clock;
  /** Nothing is written before: an entry whose lock nobody holds would look abandoned to another tab. */
  locked: Promise<void>;
  /** Lets go of the lock. */
  release: () => void;
  /** The entry is on disk for the first time. */
  onKnown: () => void;
  /** A piece of its recording is there to be sent. */
  onChunk: () => void;
}

/** The entry of a call in progress, on its way to disk. Everything about one call is written in order. */
export class LiveEntry {
  readonly #options: LiveEntryOptions;
  #entry: OutboxEntry;
  #writes: Promise<void>;
  #cancelWrite: CancelTimer | null = null;
  #isKnown = false;
  #isOver = false;
  #chunks = 0;

  constructor(options: LiveEntryOptions) {
    this.#options = options;
    this.#entry = options.entry;
    this.#writes = options.locked.catch(() => undefined);
    this.#writeSoon();
  }

  get entry(): OutboxEntry {
    return this.#entry;
  }

  /** Notes news, and that the call is alive. */
  touch(change: Partial<OutboxEntry>): void {
    // Written once more it would be back on disk, and without a lock.
    if (this.#isOver) return;
    this.#entry = { ...this.#entry, ...change, lastSeenAt: this.#options.clock.now() };
    this.#writeSoon();
  }

  /** A page that stood still for minutes gets all of them at once; the server takes so much in one. */
  appendChunk(chunk: Blob): void {
    for (let at = 0; at < chunk.size; at += MAX_CHUNK_BYTES) {
      const n = this.#chunks++;
      const piece = chunk.slice(at, at + MAX_CHUNK_BYTES);
      const { storage, onChunk } = this.#options;
      this.#write(async () => {
        await storage.putChunk(this.#entry.callId, n, await piece.arrayBuffer());
        onChunk();
      });
    }
    this.touch({});
  }

  /** Writes what is not written yet. */
  flush(): void {
    if (!this.#cancelWrite) return;
    this.#cancelWrite();
    this.#cancelWrite = null;
    const entry = this.#entry;
    const { storage, onKnown } = this.#options;
    const isNew = !this.#isKnown;
    this.#isKnown = true;
    this.#write(async () => {
      await storage.put(entry);
      if (isNew) onKnown();
    });
  }

  /** Takes it from the disk. */
  remove(): void {
    this.#cancelWrite?.();
    this.#cancelWrite = null;
    this.#write(() => this.#options.storage.remove(this.#entry.callId));
  }

  /** Lets go of the call once everything is written. */
  async leave(): Promise<void> {
    this.#isOver = true;
    this.flush();
    await this.#writes;
    this.#options.release();
  }

  #writeSoon(): void {
    this.#cancelWrite ??= this.#options.clock.after(WRITE_AFTER_MS, () => this.flush());
  }

  #write(task: () => Promise<void>): void {
    this.#writes = this.#writes.then(task).catch(() => undefined);
  }
}
