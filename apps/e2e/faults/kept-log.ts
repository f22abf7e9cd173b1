import { EventEmitter, once } from 'node:events';

/** What the keepers of the processes say, and who waits for a word of theirs. */
export class KeptLog {
  readonly #lines = new EventEmitter();

  readonly add = (line: string): void => {
    console.error(line);
    this.#lines.emit(line);
  };

  /** Resolves when the part answers by its own protocol again. @returns how long that took from now, in ms */
  async untilBack(part: string): Promise<number> {
    const since = performance.now();
    await once(this.#lines, `${part} is back`, { signal: AbortSignal.timeout(90_000) });
    return performance.now() - since;
  }
}
