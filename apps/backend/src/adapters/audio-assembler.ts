import { open, rename, stat } from 'node:fs/promises';
import type { AssembledAudio, AudioPart } from './audio-assembly';
import type { AssemblyResult, AssemblyTask } from './audio-assembly.worker';
import { FfmpegError, ffmpeg } from './ffmpeg';
import { ThreadPool, TooMuchWorkError } from './thread-pool';
import { writePeaks } from './waveform-peaks';

/** What came of a recording: one that can be seeked, or a reason why it stays as it came. */
export type Assembly =
  | { readonly kind: 'assembled'; readonly audio: AssembledAudio; readonly hasPeaks: boolean }
  | { readonly kind: 'unreadable' | 'too-much-work' };

/** A power cut leaves zeros at the end of what was being written; a parser may take them for elements without end. */
const ZEROS_OF_A_CUT = 8;
const TAIL_BYTES = 64 * 1024;

/** What a recording may take beside its size, in ms; two hours of stereo Opus (71 MB) take 15 s on a busy machine. */
const SLOWEST_BYTES_PER_MS = 1_000;

/** Puts recordings together in a thread of its own, with a limit of time: any browser may send any bytes. */
export class AudioAssembler {
  readonly #pool: ThreadPool<AssemblyTask, AssemblyResult>;
  readonly #timeoutMs: number;

  /** @param timeoutMs how long one recording may take, beside what its size needs */
  constructor({ timeoutMs = 15_000 } = {}) {
    this.#timeoutMs = timeoutMs;
    this.#pool = new ThreadPool({
      module: 'audio-assembly.worker',
      besides: import.meta.url,
      threads: 1,
      memoryMb: 512,
    });
  }

  /** @param outputPath where the audio goes; its waveform goes to `peaksPath` */
  async assemble(parts: readonly AudioPart[], outputPath: string, peaksPath: string): Promise<Assembly> {
    for (const { path, isTorn } of parts) {
      await cutZeros(path);
      if (isTorn) await copyWebm(path, [], this.#timeoutMs);
    }
    const sizes = await Promise.all(parts.map(async ({ path }) => (await stat(path)).size));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    const timeoutMs = this.#timeoutMs + Math.ceil(bytes / SLOWEST_BYTES_PER_MS);
    try {
      const result = await this.#pool.run({ parts, outputPath }, timeoutMs);
      if (result.kind !== 'done') return { kind: 'unreadable' };
      const { audio } = result;
      if (audio.mimeType === 'audio/webm') await cuesInFront(outputPath, timeoutMs);
      return { kind: 'assembled', audio, hasPeaks: await hasDrawn(outputPath, peaksPath, timeoutMs) };
    } catch (error) {
      if (error instanceof TooMuchWorkError) return { kind: 'too-much-work' };
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

/**
 * Moves a WebM's seek index before its sound: a player that jumps asks for the place at once, instead of reading to the
 * end of the file first. What ffmpeg does not take stays as it is.
 */
export const cuesInFront = (path: string, timeoutMs: number): Promise<void> =>
  copyWebm(path, ['-cues_to_front', '1'], timeoutMs);

/**
 * Has ffmpeg copy a WebM, packet for packet and stamp for stamp. It finds its way after a hole in a file, where
 * mediabunny gives up.
 */
async function copyWebm(path: string, options: readonly string[], timeoutMs: number): Promise<void> {
  const copy = `${path}.copy`;
  try {
    await ffmpeg(['-y', '-i', path, '-c', 'copy', ...options, '-f', 'webm', copy], timeoutMs);
    await rename(copy, path);
  } catch (error) {
    if (!(error instanceof FfmpegError)) throw error;
  }
}

/** Whether there is a waveform now: one that cannot be drawn keeps nobody from listening. */
async function hasDrawn(audioPath: string, peaksPath: string, timeoutMs: number): Promise<boolean> {
  try {
    await writePeaks(audioPath, peaksPath, timeoutMs);
    return true;
  } catch (error) {
    if (error instanceof FfmpegError) return false;
    throw error;
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
