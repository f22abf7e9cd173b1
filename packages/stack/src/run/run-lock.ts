import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../stale';
import { SetupError } from '../system-packages';

/** One run at a time in one clone: two would fight over the same data folder. */
export class RunLock {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  /** @throws SetupError if another run holds it */
  static take(stateDir: string): RunLock {
    mkdirSync(stateDir, { recursive: true });
    const file = join(stateDir, 'outdial.pid');
    try {
      writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
    } catch {
      const holder = Number.parseInt(readFileSync(file, 'utf8'), 10);
      if (holder !== process.pid && isAlive(holder, 'outdial.mjs')) {
        throw new SetupError(
          `Outdial is already running in this folder (process ${holder}). Stop it with Ctrl-C there.`,
        );
      }
      // Left by a run that was killed.
      writeFileSync(file, `${process.pid}\n`);
    }
    return new RunLock(file);
  }

  release(): void {
    rmSync(this.#file, { force: true });
  }
}
