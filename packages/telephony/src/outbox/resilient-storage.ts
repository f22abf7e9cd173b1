import type { OutboxEntry, OutboxStorage } from './outbox-storage';

/** Forgets everything when the page goes. */
class MemoryOutboxStorage implements OutboxStorage {
  readonly #entries = new Map<string, OutboxEntry>();
  readonly #chunks = new Map<string, Map<number, ArrayBuffer>>();

  /** Whether something of the call is here. */
  has(callId: string): boolean {
    return this.#entries.has(callId) || this.#chunks.has(callId);
  }

  async put(entry: OutboxEntry): Promise<void> {
    this.#entries.set(entry.callId, { ...entry });
  }

  async get(callId: string): Promise<OutboxEntry | undefined> {
    return this.#entries.get(callId);
  }

  async list(userId: string): Promise<OutboxEntry[]> {
    return [...this.#entries.values()].filter((entry) => entry.userId === userId);
  }

  async putChunk(callId: string, n: number, bytes: ArrayBuffer): Promise<void> {
    const chunks = this.#chunks.get(callId) ?? new Map<number, ArrayBuffer>();
    this.#chunks.set(callId, chunks.set(n, bytes));
  }

  async chunk(callId: string, n: number): Promise<ArrayBuffer | undefined> {
    return this.#chunks.get(callId)?.get(n);
  }

  async chunkNumbers(callId: string): Promise<number[]> {
    return [...(this.#chunks.get(callId)?.keys() ?? [])];
  }

  async remove(callId: string): Promise<void> {
    this.#entries.delete(callId);
    this.#chunks.delete(callId);
  }

  close(): void {}
}

/**
 * Keeps in memory what the disk does not take (full, private window, blocked), so that the present page can still
 * send it, and says so once. From the first piece on that is in memory the call's entry is, too: what the disk has of it
 * stays `live` to the other tabs, and is what they find if this page dies.
 */
export class ResilientStorage implements OutboxStorage {
  readonly #disk: OutboxStorage;
  readonly #memory = new MemoryOutboxStorage();
  readonly #onTrouble: (error: unknown) => void;

  constructor(disk: OutboxStorage, onTrouble: (error: unknown) => void) {
    this.#disk = disk;
    this.#onTrouble = onTrouble;
  }

  /** Whether the call cannot be sent by another tab. */
  isInMemory(callId: string): boolean {
    return this.#memory.has(callId);
  }

  async put(entry: OutboxEntry): Promise<void> {
    if (this.isInMemory(entry.callId)) return this.#memory.put(entry);
    try {
      await this.#disk.put(entry);
    } catch (error) {
      this.#onTrouble(error);
      await this.#memory.put(entry);
    }
  }

  async get(callId: string): Promise<OutboxEntry | undefined> {
    return (await this.#memory.get(callId)) ?? this.#read(() => this.#disk.get(callId), undefined);
  }

  async list(userId: string): Promise<OutboxEntry[]> {
    const disk = await this.#read(() => this.#disk.list(userId), []);
    const memory = await this.#memory.list(userId);
    const byId = new Map([...disk, ...memory].map((entry) => [entry.callId, entry]));
    return [...byId.values()].sort((a, b) => a.createdAt - b.createdAt);
  }

  async putChunk(callId: string, n: number, bytes: ArrayBuffer): Promise<void> {
    try {
      await this.#disk.putChunk(callId, n, bytes);
    } catch (error) {
      this.#onTrouble(error);
      await this.#memory.putChunk(callId, n, bytes);
      const entry = await this.get(callId);
      if (entry) await this.#memory.put(entry);
    }
  }

  async chunk(callId: string, n: number): Promise<ArrayBuffer | undefined> {
    return (await this.#memory.chunk(callId, n)) ?? this.#read(() => this.#disk.chunk(callId, n), undefined);
  }

  async chunkNumbers(callId: string): Promise<number[]> {
    const disk = await this.#read(() => this.#disk.chunkNumbers(callId), []);
    return [...disk, ...(await this.#memory.chunkNumbers(callId))].sort((a, b) => a - b);
  }

  async remove(callId: string): Promise<void> {
    await this.#memory.remove(callId);
    await this.#read(() => this.#disk.remove(callId), undefined);
  }

  close(): void {
    this.#disk.close();
  }

  async #read<T>(read: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await read();
    } catch (error) {
      this.#onTrouble(error);
      return otherwise;
    }
  }
}

export function storageWarning(error: unknown): string {
  const full = error instanceof Error && error.name === 'QuotaExceededError';
  return full
    ? 'This browser is out of storage. Recordings are kept in memory until they are sent: do not close the page.'
    : 'This browser does not let Outdial store recordings. They are kept in memory until they are sent: do not close the page.';
}
