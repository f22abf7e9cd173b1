import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** ffmpeg did not do it: it does not take the file, or took too long. */
export class FfmpegError extends Error {
  override readonly name = 'FfmpegError';
}

const QUIET = ['-v', 'error', '-nostdin'] as const;
const SAID = 300;

/**
 * Runs ffmpeg as a process of its own: its memory does not grow with the file, and whatever a file does to it stays there.
 * @param take reads what it writes to its standard output, if anything
 * @throws FfmpegError; ENOENT where it is not installed
 */
export async function ffmpeg(
  args: readonly string[],
  timeoutMs: number,
  take: (output: Readable) => Promise<void> = async (output) => void output.resume(),
): Promise<void> {
  const signal = AbortSignal.timeout(timeoutMs);
  const child = spawn('ffmpeg', [...QUIET, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
    killSignal: 'SIGKILL',
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-SAID);
  });
  try {
    const [[code]] = await Promise.all([
      once(child, 'close') as Promise<[number | null]>,
      take(child.stdout),
    ]);
    if (code !== 0) throw new FfmpegError(`ffmpeg ended with ${code}: ${said.trim()}`);
  } catch (error) {
    child.kill('SIGKILL');
    if (signal.aborted) throw new FfmpegError(`ffmpeg took more than ${timeoutMs} ms.`, { cause: error });
    throw error;
  }
}
