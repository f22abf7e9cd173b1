import type { CallReport } from '@outdial/contracts';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** A report that waits; `sentAt` is filled in when it goes. */
export type UnsentReport = Omit<CallReport, 'sentAt'>;

/** What is known of a call while it lasts. */
export type CallDraft = Pick<
  UnsentReport,
  'callId' | 'direction' | 'destination' | 'leadId' | 'sipCallId' | 'startedAt' | 'ringingAt' | 'answeredAt'
>;

export interface OutboxEntry {
  callId: string;
  userId: string;
  /** `live` while its page has the call; `failed` when sending it again would not help. */
  state: 'live' | 'waiting' | 'failed';
  draft: CallDraft;
  /** Set as soon as the call has ended. */
  report: UnsentReport | null;
  mimeType: string | null;
  createdAt: number;
  /** Last sign of life of the page that has the call. */
  lastSeenAt: number;
  attempts: number;
  nextAttemptAt: number;
  error: string | null;
}

/** Where reports and recordings wait. Chunks come back in the order of their index. */
export interface OutboxStorage {
  put(entry: OutboxEntry): Promise<void>;
  get(callId: string): Promise<OutboxEntry | undefined>;
  /** Entries of one user, oldest first. */
  list(userId: string): Promise<OutboxEntry[]>;
  putChunk(callId: string, index: number, bytes: ArrayBuffer): Promise<void>;
  chunks(callId: string): Promise<Map<number, ArrayBuffer>>;
  /** Entry and chunks. */
  remove(callId: string): Promise<void>;
  close(): void;
}

interface Schema extends DBSchema {
  entries: { key: string; value: OutboxEntry; indexes: { user: string } };
  chunks: { key: [string, number]; value: { callId: string; index: number; bytes: ArrayBuffer } };
}

/** IndexedDB: survives reload and crash. Opened on first use. */
export class IdbOutboxStorage implements OutboxStorage {
  readonly #name: string;
  #opening: Promise<IDBPDatabase<Schema>> | null = null;

  constructor(name = 'outdial-outbox') {
    this.#name = name;
  }

  async put(entry: OutboxEntry): Promise<void> {
    await (await this.#db()).put('entries', entry);
  }

  async get(callId: string): Promise<OutboxEntry | undefined> {
    return (await this.#db()).get('entries', callId);
  }

  async list(userId: string): Promise<OutboxEntry[]> {
    const entries = await (await this.#db()).getAllFromIndex('entries', 'user', userId);
    return entries.sort((a, b) => a.createdAt - b.createdAt);
  }

  async putChunk(callId: string, index: number, bytes: ArrayBuffer): Promise<void> {
    await (await this.#db()).put('chunks', { callId, index, bytes });
  }

  async chunks(callId: string): Promise<Map<number, ArrayBuffer>> {
    const rows = await (await this.#db()).getAll('chunks', allChunksOf(callId));
    return new Map(rows.map(({ index, bytes }) => [index, bytes]));
  }

  async remove(callId: string): Promise<void> {
    const transaction = (await this.#db()).transaction(['entries', 'chunks'], 'readwrite');
    await Promise.all([
      transaction.objectStore('entries').delete(callId),
      transaction.objectStore('chunks').delete(allChunksOf(callId)),
      transaction.done,
    ]);
  }

  close(): void {
    void this.#opening?.then((db) => db.close()).catch(() => undefined);
    this.#opening = null;
  }

  #db(): Promise<IDBPDatabase<Schema>> {
    this.#opening ??= openDB<Schema>(this.#name, 1, {
      upgrade: (db) => {
        db.createObjectStore('entries', { keyPath: 'callId' }).createIndex('user', 'userId');
        db.createObjectStore('chunks', { keyPath: ['callId', 'index'] });
      },
      // Another tab wants to upgrade or delete the database: let it, and open it again on next use.
      blocking: () => this.close(),
      terminated: () => {
        this.#opening = null;
      },
    });
    this.#opening.catch(() => {
      this.#opening = null;
    });
    return this.#opening;
  }
}

function allChunksOf(callId: string): IDBKeyRange {
  return IDBKeyRange.bound([callId, 0], [callId, Number.MAX_SAFE_INTEGER]);
}
