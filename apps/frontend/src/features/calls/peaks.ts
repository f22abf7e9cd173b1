/** Version, flags, sample rate, samples per value, length and channels: 32 bits each, little-endian. */
const HEADER_BYTES = 24;
const VERSION = 2;
const EIGHT_BITS = 1;
const FULL_SCALE = 128;

/**
 * Reads a waveform of audiowaveform's (.dat, version 2, 8 bits).
 * @returns for each channel its greatest and least samples in turn, -1 to 1: what wavesurfer draws as a mirrored bar
 * @throws Error for anything else
 * @see https://github.com/bbc/audiowaveform/blob/master/doc/DataFormat.md
 */
export function readPeaks(file: ArrayBuffer): Float32Array[] {
  const header = new DataView(file);
  const field = (index: number) => header.getInt32(4 * index, true);
  if (file.byteLength < HEADER_BYTES || field(0) !== VERSION || field(1) !== EIGHT_BITS)
    throw new Error('This is no waveform that can be drawn.');
  const [length, channels] = [field(4), field(5)];
  const values = new Int8Array(file, HEADER_BYTES, 2 * channels * length);
  return Array.from({ length: channels }, (_, channel) => {
    const peaks = new Float32Array(2 * length);
    for (let index = 0; index < length; index++) {
      const at = 2 * (index * channels + channel);
      peaks[2 * index] = (values[at + 1] ?? 0) / FULL_SCALE;
      peaks[2 * index + 1] = (values[at] ?? 0) / FULL_SCALE;
    }
    return peaks;
  });
}
