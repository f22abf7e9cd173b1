import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FileStorage, StoredObject } from './file-storage';

/** Stores a finished file of this machine as one part, or leaves nothing: a full disk has no room for remains. */
export async function storeFile(storage: FileStorage, key: string, path: string): Promise<StoredObject> {
  try {
    await storage.append(key, 1, createReadStream(path));
    return await storage.complete(key, 1);
  } catch (error) {
    await storage.remove(key).catch(() => undefined);
    throw error;
  }
}

/** Runs `work` in a folder that is gone afterwards. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'outdial-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs `work` with a copy of a stored object on this machine, for libraries that want a path. */
export function withLocalCopy<T>(
  storage: FileStorage,
  key: string,
  work: (path: string, folder: string) => Promise<T>,
): Promise<T> {
  return inTemporaryFolder(async (folder) => {
    const path = join(folder, 'copy');
    await pipeline(await storage.open(key), createWriteStream(path));
    return work(path, folder);
  });
}
