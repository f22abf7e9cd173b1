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
  /** The server has the report; the recording is yet to come. */
  isFiled: boolean;
  createdAt: number;
  /** Last sign of life of the page that has the call. */
  lastSeenAt: number;
  /** The report does not go sooner. */
  dueAt: number;
  error: string | null;
}

/** Where reports and recordings wait. Chunks are numbered from 0. */
export interface OutboxStorage {
  put(entry: OutboxEntry): Promise<void>;
  get(callId: string): Promise<OutboxEntry | undefined>;
  /** Entries of one user, oldest first. */
  list(userId: string): Promise<OutboxEntry[]>;
  putChunk(callId: string, n: number, bytes: ArrayBuffer): Promise<void>;
  chunk(callId: string, n: number): Promise<ArrayBuffer | undefined>;
  /** In order. */
  chunkNumbers(callId: string): Promise<number[]>;
  /** Entry and chunks. */
  remove(callId: string): Promise<void>;
  close(): void;
}

interface Schema extends DBSchema {
  entries: { key: string; value: OutboxEntry; indexes: { user: string } };
  chunks: { key: [string, number]; value: { callId: string; n: number; bytes: ArrayBuffer } };
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

  async putChunk(callId: string, n: number, bytes: ArrayBuffer): Promise<void> {
    await (await this.#db()).put('chunks', { callId, n, bytes });
  }

  async chunk(callId: string, n: number): Promise<ArrayBuffer | undefined> {
    return (await (await this.#db()).get('chunks', [callId, n]))?.bytes;
  }

  async chunkNumbers(callId: string): Promise<number[]> {
    const keys = await (await this.#db()).getAllKeys('chunks', allChunksOf(callId));
    return keys.map(([, n]) => n);
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
        db.createObjectStore('chunks', { keyPath: ['callId', 'n'] });
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
