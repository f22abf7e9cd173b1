import type { Readable } from 'node:stream';

export interface StoredObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly modifiedAt: Date;
}

/** Bytes `start` to `end`, both included (RFC 9110 §14.1.2). */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Keeps recordings and sheets under keys we make ourselves, on a disk or in an object store. An object arrives in
 * numbered parts, in any order and again if need be, and is there once it is complete: all of it or nothing.
 */
export interface FileStorage {
  /** @param part 1 to 10,000; the same number again replaces what it brought */
  append(key: string, part: number, content: Readable): Promise<void>;
  /** Puts parts 1 to `parts` together; what stood under the key is replaced. */
  complete(key: string, parts: number): Promise<StoredObject>;
  /** @throws Error when nothing is stored under the key */
  open(key: string, range?: ByteRange): Promise<Readable>;
  /** @returns null when nothing is stored under the key */
  stat(key: string): Promise<StoredObject | null>;
  /** Removes the object and what has arrived of it. Nothing there is fine. */
  remove(key: string): Promise<void>;
  /** All that is complete, in no order. */
  list(): AsyncIterable<StoredObject>;
}

/** `recordings/<organization>/<yyyy>/<mm>/<name>`, by the UTC month of `at`. */
export function storageKey(
  folder: 'recordings' | 'sheets',
  organizationId: number,
  at: Date,
  name: string,
): string {
  const [year, month] = at.toISOString().split('-');
  return `${folder}/${organizationId}/${year}/${month}/${name}`;
}
