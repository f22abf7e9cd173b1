import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const RATE = 48_000;

export interface Span {
  readonly fromS: number;
  readonly toS: number;
}

/** Ten seconds of a sine at half scale, 48 kHz mono PCM (RIFF WAVE): what a fake microphone hears, in a loop. */
export async function writeTone(file: string, hz: number): Promise<void> {
  const samples = 10 * RATE;
  const wav = Buffer.alloc(44 + 2 * samples);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + 2 * samples, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(2 * RATE, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(2 * samples, 40);
  for (let index = 0; index < samples; index++)
    wav.writeInt16LE(Math.round(16_384 * Math.sin((2 * Math.PI * hz * index) / RATE)), 44 + 2 * index);
  await writeFile(file, wav);
}

/** A stereo recording, decoded. */
export class StereoAudio {
  static async decode(file: string): Promise<StereoAudio> {
    const { stdout } = await run(
      'ffmpeg',
      ['-v', 'error', '-i', file, '-ar', String(RATE), '-f', 'f32le', '-c:a', 'pcm_f32le', 'pipe:1'],
      { encoding: 'buffer', maxBuffer: 512 * 1024 * 1024 },
    );
    const { streams } = await probe(file);
    if (streams[0]?.channels !== 2) throw new Error(`Not stereo: ${streams[0]?.channels} channels.`);
    const both = new Float32Array(stdout.buffer, stdout.byteOffset, Math.floor(stdout.byteLength / 4));
    const channel = (offset: 0 | 1) => both.filter((_, index) => index % 2 === offset);
    return new StereoAudio(channel(0), channel(1));
  }

  private constructor(
    readonly left: Float32Array,
    readonly right: Float32Array,
  ) {}

  get seconds(): number {
    return this.left.length / RATE;
  }
}

/** Duration as the file itself says it, in seconds. */
export async function probe(
  file: string,
): Promise<{ duration: number; streams: { channels: number; codec_name: string }[] }> {
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-of', 'json'],
    ...['-show_entries', 'format=duration:stream=channels,codec_name', file],
  ]);
  const { format, streams } = JSON.parse(stdout);
  return { duration: Number(format.duration), streams };
}

/**
 * Loudness of one frequency in dBFS (0 is a full-scale sine): Goertzel's algorithm over windows of a tenth of a
 * second, of which the median is taken, so that a click or a late start does not count.
 * @see https://doi.org/10.2307/2310304
 */
export function toneLevel(samples: Float32Array, hz: number, span?: Span): number {
  const part = samples.subarray(
    Math.round((span?.fromS ?? 0) * RATE),
    Math.round((span?.toS ?? Number.POSITIVE_INFINITY) * RATE),
  );
  const size = RATE / 10;
  const levels: number[] = [];
  for (let start = 0; start + size <= part.length; start += size)
    levels.push(goertzel(part.subarray(start, start + size), hz));
  if (levels.length === 0) throw new Error('Less than a tenth of a second of audio.');
  return levels.sort((a, b) => a - b)[Math.floor(levels.length / 2)] ?? 0;
}

function goertzel(window: Float32Array, hz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / RATE);
  let [before, last] = [0, 0];
  for (const sample of window) [before, last] = [last, sample + coefficient * last - before];
  const power = before * before + last * last - coefficient * before * last;
  const amplitude = (2 * Math.sqrt(Math.max(0, power))) / window.length;
  return 20 * Math.log10(amplitude + 1e-9);
}
