import type { Readable } from 'node:stream';
import type { ByteRange, FileStorage, StoredObject } from '../../adapters/file-storage';
import type { Db } from '../../db/client';
import type { Unit } from '../../work/units';

/** A stored file on its way to somebody. */
export interface ServedFile {
  readonly object: StoredObject;
  readonly mimeType: string;
  readonly fileName: string;
  open(range: ByteRange): Promise<Readable>;
}

/** An object without a row, or a row without an object. */
export interface Orphans {
  readonly unlisted: readonly string[];
  readonly missing: readonly string[];
}

/** What is being written now is no orphan yet. */
const SETTLE_MS = 24 * 60 * 60_000;
const BATCH = 1_000;

/** The list of everything that is stored outside the database. */
export class FilesService {
  constructor(
    private readonly db: Db,
    private readonly storage: FileStorage,
  ) {}

  /** Lists an object that is stored already. Storing and listing it again changes nothing. */
  async list(unit: Unit, { key, sizeBytes }: StoredObject): Promise<number> {
    const known = await unit.tx.storedFile.findUnique({ where: { key }, select: { id: true } });
    if (known) return known.id;
    const { organizationId } = unit.actor;
    const data = { organizationId, key, sizeBytes, createdAt: unit.now };
    return (await unit.tx.storedFile.create({ data, select: { id: true } })).id;
  }

  /** Puts another object in the place of a listed one, which is removed once that is certain. */
  async replace(unit: Unit, fileId: number, { key, sizeBytes }: StoredObject): Promise<void> {
    const before = await unit.tx.storedFile.findFirstOrThrow({ where: { id: fileId } });
    if (before.key === key) return;
    await unit.tx.storedFile.updateMany({ where: { id: fileId }, data: { key, sizeBytes } });
    unit.job('file.remove', `file.remove:${before.key}`, { key: before.key });
  }

  /** @returns null when the object is gone */
  async serve(key: string, mimeType: string, fileName: string): Promise<ServedFile | null> {
    const object = await this.storage.stat(key);
    return object && { object, mimeType, fileName, open: (range) => this.storage.open(key, range) };
  }

  remove(key: string): Promise<void> {
    return this.storage.remove(key);
  }

  /** Compares what is stored with what is listed. Nothing is removed: an operator decides. */
  async orphans(now: Date): Promise<Orphans> {
    const settled = new Date(now.getTime() - SETTLE_MS);
    const unlisted: string[] = [];
    for await (const batch of inBatches(this.storage.list(), BATCH)) {
      const old = batch.filter(({ modifiedAt }) => modifiedAt < settled).map(({ key }) => key);
      const rows = await this.db.storedFile.findMany({ where: { key: { in: old } }, select: { key: true } });
      const listed = new Set(rows.map(({ key }) => key));
      unlisted.push(...old.filter((key) => !listed.has(key)));
    }
    return { unlisted, missing: await this.#missing(settled) };
  }

  async #missing(settled: Date): Promise<string[]> {
    const missing: string[] = [];
    for (let last = 0; ; ) {
      const rows = await this.db.storedFile.findMany({
        where: { id: { gt: last }, createdAt: { lt: settled } },
        orderBy: { id: 'asc' },
        take: BATCH,
      });
      for (const { key } of rows) if (!(await this.storage.stat(key))) missing.push(key);
      last = rows.at(-1)?.id ?? 0;
      if (rows.length < BATCH) return missing;
    }
  }
}

async function* inBatches<T>(items: AsyncIterable<T>, size: number): AsyncIterable<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
