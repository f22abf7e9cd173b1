import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';

/** Room for a few recordings of the greatest size, and for the database's log on the same disk. */
const FULL_BYTES = 256 * 2 ** 20;
const LOW_BYTES = 2 * 2 ** 30;

export type DiskState = 'fine' | 'low' | 'full' | 'not-writable';

/** The disk that holds a folder. */
export class Disk {
  constructor(
    private readonly folder: string,
    private readonly limits = { fullBytes: FULL_BYTES, lowBytes: LOW_BYTES },
  ) {}

  async state(): Promise<DiskState> {
    const { fullBytes, lowBytes } = this.limits;
    try {
      await access(this.folder, constants.W_OK);
      const { bavail, bsize } = await statfs(this.folder);
      const free = bavail * bsize;
      if (free < fullBytes) return 'full';
      return free < lowBytes ? 'low' : 'fine';
    } catch {
      return 'not-writable';
    }
  }
}
