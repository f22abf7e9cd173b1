import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Longer than any upload takes. */
const ABANDONED_MS = 24 * 60 * 60_000;

/** Where uploads arrive before they are stored: on the same disk, so that its space is the bound of both. */
export class IncomingFolder {
  private constructor(readonly path: string) {}

  static async create(root: string): Promise<IncomingFolder> {
    const path = join(root, 'incoming');
    await mkdir(path, { recursive: true, mode: 0o700 });
    return new IncomingFolder(path);
  }

  /** Removes what a process that died has left. @returns how many files */
  async sweep(now: Date): Promise<number> {
    let removed = 0;
    for (const name of await readdir(this.path)) {
      const path = join(this.path, name);
      const info = await stat(path).catch(() => null);
      if (!info || now.getTime() - info.mtimeMs < ABANDONED_MS) continue;
      await rm(path, { force: true });
      removed += 1;
    }
    return removed;
  }
}
