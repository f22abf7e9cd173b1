import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';

/** Where a stored file can be read from; an object store will add a signed address as a second kind. */
export type StoredFile = { readonly kind: 'local'; readonly path: string; readonly sizeBytes: number };

/** Keeps recordings and sheets under keys we make ourselves. */
export interface FileStorage {
  /** Moves a finished temporary file to its key, at once or not at all; what stood there is replaced. */
  put(key: string, temporaryPath: string): Promise<void>;
  /** @returns null when nothing is stored under the key */
  find(key: string): Promise<StoredFile | null>;
  remove(key: string): Promise<void>;
  /** A folder on the same device, for files that are still being written. */
  readonly temporaryFolder: string;
}

export class LocalFileStorage implements FileStorage {
  readonly #root: string;
  readonly temporaryFolder: string;

  private constructor(root: string) {
    this.#root = root;
    this.temporaryFolder = resolve(root, 'tmp');
  }

  static async create(root: string): Promise<LocalFileStorage> {
    const storage = new LocalFileStorage(resolve(root));
    await mkdir(storage.temporaryFolder, { recursive: true });
    return storage;
  }

  async put(key: string, temporaryPath: string): Promise<void> {
    const path = this.#pathOf(key);
    await mkdir(dirname(path), { recursive: true });
    await rename(temporaryPath, path);
  }

  async find(key: string): Promise<StoredFile | null> {
    const path = this.#pathOf(key);
    const info = await stat(path).catch(() => null);
    return info ? { kind: 'local', path, sizeBytes: info.size } : null;
  }

  async remove(key: string): Promise<void> {
    await rm(this.#pathOf(key), { force: true });
  }

  #pathOf(key: string): string {
    const path = resolve(this.#root, key);
    if (!path.startsWith(this.#root + sep))
      throw new Error('A storage key may not leave the uploads folder.');
    return path;
  }
}

/** `recordings/<organization>/<yyyy>/<mm>/<id>.<extension>`, by the UTC month of `at`. */
export function storageKey(
  folder: 'recordings' | 'sheets',
  organizationId: string,
  at: Date,
  id: string,
  extension: string,
): string {
  const [year, month] = at.toISOString().split('-');
  return `${folder}/${organizationId}/${year}/${month}/${id}.${extension}`;
}
