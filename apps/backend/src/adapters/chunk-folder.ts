import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { sha256 } from './sha256';

/** Only the process's own user hears recordings. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** A chunk of a recording by its part, number and SHA-256. */
export interface Chunk {
  readonly part: number;
  readonly n: number;
  readonly hash: Uint8Array;
}

/** A call by its organization and UUID. */
export interface ArrivingCall {
  readonly organizationId: number;
  readonly callId: string;
}

/**
 * Where chunks of recordings lie until they are put together: on the disk that all processes share, since a second of
 * sound is no part for an object store (S3 takes 5 MiB and more).
 */
export class ChunkFolder {
  private constructor(private readonly root: string) {}

  static async create(uploads: string): Promise<ChunkFolder> {
    const root = join(uploads, 'arriving');
    await mkdir(root, { recursive: true, mode: FOLDER_MODE });
    return new ChunkFolder(root);
  }

  /** Keeps a chunk for good: it is on the disk when this resolves. Again is fine. */
  async put(call: ArrivingCall, chunk: Chunk, bytes: Buffer): Promise<void> {
    const folder = this.#folderOf(call);
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
    const path = join(folder, nameOf(chunk));
    // Under a name of its own until it is whole.
    const arriving = `${path}.${randomUUID()}`;
    try {
      const file = await open(arriving, 'w', FILE_MODE);
      try {
        await file.writeFile(bytes);
        await file.datasync();
      } finally {
        await file.close();
      }
      await rename(arriving, path);
    } finally {
      await rm(arriving, { force: true });
    }
  }

  /**
   * Writes chunks one after another into a file. Those that are gone or damaged are left out.
   * @returns how many were written
   */
  async join(call: ArrivingCall, chunks: readonly Chunk[], path: string): Promise<number> {
    const folder = this.#folderOf(call);
    let written = 0;
    async function* whole() {
      for (const chunk of chunks) {
        const bytes = await read(join(folder, nameOf(chunk)));
        if (!bytes || !sha256(bytes).equals(chunk.hash)) continue;
        written += 1;
        yield bytes;
      }
    }
    await pipeline(whole(), createWriteStream(path, { mode: FILE_MODE }));
    return written;
  }

  /** Nothing there is fine. */
  async remove(call: ArrivingCall): Promise<void> {
    await rm(this.#folderOf(call), { recursive: true, force: true });
  }

  /** Removes what nothing has been added to since, whoever has forgotten it. @returns how many recordings */
  async sweep(before: Date): Promise<number> {
    let removed = 0;
    for (const organization of await readdir(this.root))
      for (const callId of await readdir(join(this.root, organization))) {
        const folder = join(this.root, organization, callId);
        const info = await stat(folder).catch(() => null);
        if (!info || info.mtime >= before) continue;
        await rm(folder, { recursive: true, force: true });
        removed += 1;
      }
    return removed;
  }

  #folderOf({ organizationId, callId }: ArrivingCall): string {
    return join(this.root, String(organizationId), callId);
  }
}

const nameOf = ({ part, n, hash }: Chunk): string =>
  `${part}-${n}-${Buffer.from(hash).toString('hex').slice(0, 16)}`;

async function read(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
