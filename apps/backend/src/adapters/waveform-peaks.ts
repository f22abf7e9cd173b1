import { writeFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { ffmpeg } from './ffmpeg';

/** Values of one second. */
const PER_SECOND = 20;
const RATE = 48_000;
const CHANNELS = 2;
const SAMPLES = RATE / PER_SECOND;
const FRAME_BYTES = 2 * CHANNELS;
/** Version, flags, sample rate, samples per value, length, channels: 32 bits each, little-endian. */
const HEADER_BYTES = 24;
const VERSION = 2;
const EIGHT_BITS = 1;
/** Least and greatest of each channel. */
const VALUE_BYTES = 2 * CHANNELS;
/** A file made to be decoded for ever is not drawn. */
const MAX_SECONDS = 86_400;

/** Least and greatest sample of each channel, `PER_SECOND` times a second, of 16-bit stereo that comes in pieces. */
class PeakCounter {
  readonly #values: number[] = [];
  readonly #peaks = new Int16Array(VALUE_BYTES);
  #frames = 0;
  /** Pieces are cut anywhere. */
  #rest: Buffer = Buffer.alloc(0);

  add(piece: Buffer): void {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, piece]) : piece;
    const whole = bytes.length - (bytes.length % FRAME_BYTES);
    for (let at = 0; at < whole; at += FRAME_BYTES) {
      for (let channel = 0; channel < CHANNELS; channel++)
        this.#count(channel, bytes.readInt16LE(at + 2 * channel));
      if (++this.#frames === SAMPLES) this.#flush();
    }
    this.#rest = Buffer.from(bytes.subarray(whole));
  }

  /** As audiowaveform writes it. */
  file(): Buffer {
    if (this.#frames > 0) this.#flush();
    return datFile(SAMPLES, Int8Array.from(this.#values));
  }

  #count(channel: number, sample: number): void {
    const [least, greatest] = [2 * channel, 2 * channel + 1];
    if (sample < (this.#peaks[least] ?? 0)) this.#peaks[least] = sample;
    if (sample > (this.#peaks[greatest] ?? 0)) this.#peaks[greatest] = sample;
  }

  #flush(): void {
    for (const peak of this.#peaks) this.#values.push(peak >> 8);
    this.#peaks.fill(0);
    this.#frames = 0;
  }
}

/** @see https://github.com/bbc/audiowaveform/blob/master/doc/DataFormat.md */
function datFile(samples: number, values: Int8Array): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  const fields = [VERSION, EIGHT_BITS, RATE, samples, values.length / VALUE_BYTES, CHANNELS];
  for (const [index, field] of fields.entries()) header.writeInt32LE(field, 4 * index);
  return Buffer.concat([header, Buffer.from(values.buffer, values.byteOffset, values.length)]);
}

/** Writes the waveform of a recording. @throws FfmpegError where it cannot be decoded in time */
export async function writePeaks(audioPath: string, peaksPath: string, timeoutMs: number): Promise<void> {
  const counter = new PeakCounter();
  const decode = ['-t', String(MAX_SECONDS), '-i', audioPath, '-ac', String(CHANNELS), '-ar', String(RATE)];
  await ffmpeg([...decode, '-f', 's16le', 'pipe:1'], timeoutMs, async (output: Readable) => {
    for await (const piece of output) counter.add(piece as Buffer);
  });
  await writeFile(peaksPath, counter.file());
}

/** The same waveform with `times` fewer values: each the least and greatest of so many. */
export function coarserPeaks(file: Buffer, times: number): Buffer {
  const values = new Int8Array(file.buffer, file.byteOffset + HEADER_BYTES, file.length - HEADER_BYTES);
  const coarse = new Int8Array(Math.ceil(values.length / VALUE_BYTES / times) * VALUE_BYTES);
  for (const [index, value] of values.entries()) {
    const at = Math.floor(index / VALUE_BYTES / times) * VALUE_BYTES + (index % VALUE_BYTES);
    const known = coarse[at] ?? 0;
    coarse[at] = index % 2 === 0 ? Math.min(known, value) : Math.max(known, value);
  }
  return datFile(file.readInt32LE(12) * times, coarse);
}
