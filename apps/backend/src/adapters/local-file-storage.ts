import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ByteRange, FileStorage, StoredObject } from './file-storage';

/** Only the process's own user hears recordings. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** A folder of this machine. Parts lie in `parts/` until their object is complete. */
export class LocalFileStorage implements FileStorage {
  readonly #root: string;
  readonly #parts: string;

  private constructor(root: string) {
    this.#root = resolve(root);
    this.#parts = join(this.#root, 'parts');
  }

  static async create(root: string): Promise<LocalFileStorage> {
    const storage = new LocalFileStorage(root);
    await mkdir(storage.#parts, { recursive: true, mode: FOLDER_MODE });
    return storage;
  }

  async append(key: string, part: number, content: Readable): Promise<void> {
    const path = this.#partOf(key, part);
    await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
    // Under a name of its own until it is whole: two who send the same part do not mix.
    const arriving = `${path}.${randomUUID()}`;
    try {
      await pipeline(content, createWriteStream(arriving, { mode: FILE_MODE, flush: true }));
      await rename(arriving, path);
    } finally {
      await rm(arriving, { force: true });
    }
  }

  async complete(key: string, parts: number): Promise<StoredObject> {
    const path = this.#pathOf(key);
    await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
    const whole = parts === 1 ? this.#partOf(key, 1) : await this.#join(key, parts);
    await rename(whole, path).catch(async (error: unknown) => {
      // Another has completed the same object at the same time.
      if (!(await this.stat(key))) throw error;
    });
    await rm(dirname(this.#partOf(key, 1)), { recursive: true, force: true });
    const stored = await this.stat(key);
    if (!stored) throw new Error('The stored object is gone.');
    return stored;
  }

  async open(key: string, range?: ByteRange): Promise<Readable> {
    const stream = createReadStream(this.#pathOf(key), range);
    await new Promise<void>((opened, failed) => stream.once('open', () => opened()).once('error', failed));
    return stream;
  }

  async stat(key: string): Promise<StoredObject | null> {
    const info = await stat(this.#pathOf(key)).catch(() => null);
    return info && { key, sizeBytes: info.size, modifiedAt: info.mtime };
  }

  async remove(key: string): Promise<void> {
    await rm(this.#pathOf(key), { force: true });
    await rm(dirname(this.#partOf(key, 1)), { recursive: true, force: true });
  }

  async *list(): AsyncIterable<StoredObject> {
    for (const folder of ['recordings', 'sheets']) {
      const entries = await readdir(join(this.#root, folder), { recursive: true, withFileTypes: true }).catch(
        () => [],
      );
      for (const entry of entries.filter((found) => found.isFile())) {
        const key = relative(this.#root, join(entry.parentPath, entry.name)).split(sep).join('/');
        const stored = await this.stat(key);
        if (stored) yield stored;
      }
    }
  }

  async #join(key: string, parts: number): Promise<string> {
    const whole = `${this.#partOf(key, 0)}.${randomUUID()}`;
    for (let part = 1; part <= parts; part++) {
      const out = createWriteStream(whole, { flags: 'a', mode: FILE_MODE, flush: true });
      await pipeline(createReadStream(this.#partOf(key, part)), out);
    }
    return whole;
  }

  #partOf(key: string, part: number): string {
    return join(this.#parts, this.#inside(key), String(part));
  }

  #pathOf(key: string): string {
    return join(this.#root, this.#inside(key));
  }

  #inside(key: string): string {
    const path = resolve(this.#root, key);
    if (!path.startsWith(this.#root + sep)) throw new Error('A storage key may not leave its folder.');
    return relative(this.#root, path);
  }
}
