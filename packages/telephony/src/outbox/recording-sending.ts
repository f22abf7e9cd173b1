import type { FilingServer } from './delivery';
import type { OutboxEntry, OutboxStorage } from './outbox-storage';

const HASH_BYTES = 32;

/** How far one call's recording has got on its way to the server. */
export class RecordingSending {
  readonly #callId: string;
  readonly #storage: OutboxStorage;
  readonly #server: FilingServer;
  readonly #hashes = new Map<number, Uint8Array<ArrayBuffer>>();
  /** What the server says it lacks. */
  #lacking: number[] = [];
  #next = 0;
  /** Nobody here knows what the server has: it is asked before anything is sent. */
  #isUnknown: boolean;

  /** @param isUnknown whether some of it may have been sent by another page */
  constructor(callId: string, storage: OutboxStorage, server: FilingServer, isUnknown: boolean) {
    this.#callId = callId;
    this.#storage = storage;
    this.#server = server;
    this.#isUnknown = isUnknown;
  }

  /** Sends the next chunk. @returns its size in bytes; null when there is none to be sent now */
  async sendNext(signal: AbortSignal): Promise<number | null> {
    if (this.#isUnknown) return null;
    const [lacking] = this.#lacking;
    const n = lacking ?? this.#next;
    const bytes = await this.#storage.chunk(this.#callId, n);
    if (!bytes) return null;
    const hash = await sha256(bytes);
    await this.#server.sendChunk({ callId: this.#callId, n, sha256: hex(hash), bytes }, signal);
    this.#hashes.set(n, hash);
    if (lacking === undefined) this.#next += 1;
    else this.#lacking.shift();
    return bytes.byteLength;
  }

  /**
   * Tells that all has been sent. What the server lacks then is sent next.
   * @returns whether it has all that there is
   */
  async complete({ draft }: OutboxEntry, signal: AbortSignal): Promise<boolean> {
    const numbers = await this.#storage.chunkNumbers(this.#callId);
    const chunks = (numbers.at(-1) ?? -1) + 1;
    if (chunks === 0) return true;
    const missing = await this.#server.completeRecording(
      {
        callId: this.#callId,
        startedAt: draft.answeredAt ?? draft.startedAt,
        chunks,
        root: hex(await this.#root(chunks)),
      },
      signal,
    );
    // What a crash has taken from this browser is nowhere: the server makes do with the rest.
    const here = new Set(numbers);
    this.#lacking = missing.flatMap(({ from, to }) => upTo(from, to)).filter((n) => here.has(n));
    this.#next = chunks;
    this.#isUnknown = false;
    return this.#lacking.length === 0;
  }

  async #root(chunks: number): Promise<Uint8Array<ArrayBuffer>> {
    const hashes = new Uint8Array(chunks * HASH_BYTES);
    for (let n = 0; n < chunks; n++) hashes.set(await this.#hashOf(n), n * HASH_BYTES);
    return sha256(hashes);
  }

  async #hashOf(n: number): Promise<Uint8Array<ArrayBuffer>> {
    const known = this.#hashes.get(n);
    if (known) return known;
    const bytes = await this.#storage.chunk(this.#callId, n);
    const hash = bytes ? await sha256(bytes) : new Uint8Array(HASH_BYTES);
    this.#hashes.set(n, hash);
    return hash;
  }
}

const upTo = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

const sha256 = async (bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
