import { open, stat } from 'node:fs/promises';
import type { RemuxedAudio } from './audio-remux';
import type { RemuxResult, RemuxTask } from './audio-remux.worker';
import { ThreadPool, TooMuchWorkError } from './thread-pool';

/** What came of a recording: one that can be seeked, or a reason why it stays as it came. */
export type Remuxing =
  | { readonly kind: 'remuxed'; readonly audio: RemuxedAudio }
  | { readonly kind: 'unreadable' | 'too-much-work' };

/** A power cut leaves zeros at the end of what was being written; a parser may take them for elements without end. */
const ZEROS_OF_A_CUT = 8;
const TAIL_BYTES = 64 * 1024;

/** Remuxes recordings in a thread of its own, with a limit of time: any browser may send any bytes. */
export class AudioRemuxer {
  readonly #pool: ThreadPool<RemuxTask, RemuxResult>;

  /** @param timeoutMs how long one recording may take; two hours of stereo Opus take about 2 s */
  constructor({ timeoutMs = 15_000 } = {}) {
    this.#pool = new ThreadPool({
      module: 'audio-remux.worker',
      besides: import.meta.url,
      threads: 1,
      memoryMb: 512,
      timeoutMs,
    });
  }

  async remux(inputPath: string, outputPath: string): Promise<Remuxing> {
    await cutZeros(inputPath);
    try {
      const result = await this.#pool.run({ inputPath, outputPath });
      return result.kind === 'done' ? { kind: 'remuxed', audio: result.audio } : { kind: 'unreadable' };
    } catch (error) {
      if (error instanceof TooMuchWorkError) return { kind: 'too-much-work' };
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

/** Takes the zeros off that a cut left at the end of a file. */
export async function cutZeros(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    let end = (await stat(path)).size;
    let zeros = 0;
    for (;;) {
      const length = Math.min(TAIL_BYTES, end);
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, end - length);
      const last = buffer.findLastIndex((byte) => byte !== 0);
      zeros += length - 1 - last;
      end -= length - 1 - last;
      if (last >= 0 || end === 0) break;
    }
    if (zeros >= ZEROS_OF_A_CUT) await file.truncate(end);
  } finally {
    await file.close();
  }
}
