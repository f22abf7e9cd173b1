import {
  type AudioCodec,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedPacketSink,
  FilePathSource,
  FilePathTarget,
  Input,
  type InputAudioTrack,
  MP4,
  Mp4OutputFormat,
  OGG,
  Output,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny';
import { OpusGrid } from './opus-grid';

/** One run of a browser's recorder: a file that may be cut off, or lack something in its middle. */
export interface AudioPart {
  readonly path: string;
  /** When it began, from the recording's beginning, in ms. */
  readonly startMs: number;
  /** Something of it is missing in its middle. */
  readonly isTorn?: boolean;
}

/** What a browser's MediaRecorder made, as one file. */
export interface AssembledAudio {
  readonly mimeType: 'audio/webm' | 'audio/mp4';
  readonly extension: 'webm' | 'm4a';
  readonly durationMs: number;
  readonly channels: number;
}

/** A day: no call is longer, and stamps are taken from a file that anybody may have made. */
const MAX_DURATION_MS = 86_400_000;

/** The file is not a recording we can read. */
export class UnreadableAudioError extends Error {
  override readonly name = 'UnreadableAudioError';
}

interface OpenPart {
  readonly startMs: number;
  readonly track: InputAudioTrack;
  readonly codec: AudioCodec;
  readonly config: AudioDecoderConfig;
  readonly channels: number;
}

/** @returns null for what holds no readable sound */
async function openPart(input: Input, startMs: number): Promise<OpenPart | null> {
  try {
    const track = await input.getPrimaryAudioTrack();
    const config = await track?.getDecoderConfig();
    if (!track?.codec || !config) return null;
    return { startMs, track, codec: track.codec, config, channels: track.numberOfChannels };
  } catch {
    return null;
  }
}

/** Writes the packets of all parts on one grid. @returns where the sound ends, in ms */
async function writeOpus(parts: readonly OpenPart[], outputPath: string): Promise<number> {
  const source = new EncodedAudioPacketSource('opus');
  const output = new Output({ format: new WebMOutputFormat(), target: new FilePathTarget(outputPath) });
  output.addAudioTrack(source);
  await output.start();
  const grid = new OpusGrid();
  for (const { startMs, track, config } of parts) {
    const first = await track.getFirstTimestamp();
    for await (const packet of new EncodedPacketSink(track).packets()) {
      const stampMs = startMs + (packet.timestamp - first) * 1000;
      if (stampMs > MAX_DURATION_MS) throw new UnreadableAudioError('The recording is longer than a day.');
      for (const { data, atMs, durationMs } of grid.place(packet.data, stampMs))
        await source.add(new EncodedPacket(data, 'key', atMs / 1000, durationMs / 1000), {
          decoderConfig: config,
        });
    }
  }
  await output.finalize();
  return grid.endMs;
}

/** Copies a recording that is no Opus (Safari's AAC), packet for packet. @returns its duration in ms */
async function copyPackets({ track, codec, config }: OpenPart, outputPath: string): Promise<number> {
  const source = new EncodedAudioPacketSource(codec);
  const format = new Mp4OutputFormat({ fastStart: 'in-memory' });
  const output = new Output({ format, target: new FilePathTarget(outputPath) });
  output.addAudioTrack(source);
  await output.start();
  const first = await track.getFirstTimestamp();
  for await (const packet of new EncodedPacketSink(track).packets())
    await source.add(packet.clone({ timestamp: packet.timestamp - first }), { decoderConfig: config });
  await output.finalize();
  return Math.round(((await track.computeDuration()) - first) * 1000);
}

/**
 * Puts the parts of a recording together as one file with its duration and a seek index. MediaRecorder writes neither:
 * players would show no length and could not jump. Nothing is coded again. A part that was cut off is read up to its
 * last whole packet; what lacks in its middle is silence, and so is a part that cannot be read before one that can. Of
 * a recording that is no Opus the first part is taken.
 * @throws UnreadableAudioError when no part holds readable sound
 */
export async function assembleAudio(
  parts: readonly AudioPart[],
  outputPath: string,
): Promise<AssembledAudio> {
  const inputs = parts.map(
    ({ path }) => new Input({ source: new FilePathSource(path), formats: [WEBM, OGG, MP4] }),
  );
  try {
    const opened = await Promise.all(
      inputs.map((input, index) => openPart(input, parts[index]?.startMs ?? 0)),
    );
    const open = opened.filter((part) => part !== null);
    const [first] = open;
    if (!first) throw new UnreadableAudioError('The recording holds no sound that can be read.');
    if (first.codec !== 'opus') {
      const durationMs = await copyPackets(first, outputPath);
      return { mimeType: 'audio/mp4', extension: 'm4a', durationMs, channels: first.channels };
    }
    const opus = open.filter(({ codec }) => codec === 'opus');
    const durationMs = Math.round(await writeOpus(opus, outputPath));
    if (durationMs === 0) throw new UnreadableAudioError('The recording holds no sound.');
    return { mimeType: 'audio/webm', extension: 'webm', durationMs, channels: first.channels };
  } finally {
    for (const input of inputs) input.dispose();
  }
}
