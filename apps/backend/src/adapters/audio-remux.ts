import { stat } from 'node:fs/promises';
import {
  type AudioCodec,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  FilePathSource,
  FilePathTarget,
  Input,
  type InputAudioTrack,
  MP4,
  Mp4OutputFormat,
  OGG,
  Output,
  type OutputFormat,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny';

/** What a browser's MediaRecorder made, once it can be seeked. */
export interface RemuxedAudio {
  readonly mimeType: 'audio/webm' | 'audio/mp4';
  readonly extension: 'webm' | 'm4a';
  readonly durationMs: number;
  readonly channels: number;
  readonly sizeBytes: number;
}

/** The file is not a recording we can read. */
export class UnreadableAudioError extends Error {
  override readonly name = 'UnreadableAudioError';
}

async function audioTrack(input: Input): Promise<{ track: InputAudioTrack; codec: AudioCodec }> {
  try {
    const track = await input.getPrimaryAudioTrack();
    if (track?.codec) return { track, codec: track.codec };
  } catch (error) {
    throw new UnreadableAudioError('The recording could not be read.', { cause: error });
  }
  throw new UnreadableAudioError('The recording holds no sound.');
}

async function copyPackets(track: InputAudioTrack, codec: AudioCodec, output: Output): Promise<void> {
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source);
  const decoderConfig = await track.getDecoderConfig();
  if (!decoderConfig) throw new UnreadableAudioError('The recording does not say how it is coded.');
  await output.start();
  const first = await track.getFirstTimestamp();
  for await (const packet of new EncodedPacketSink(track).packets()) {
    await source.add(packet.clone({ timestamp: packet.timestamp - first }), { decoderConfig });
  }
  await output.finalize();
}

/**
 * Copies a recording, sample for sample, into a file with its duration and a seek index. MediaRecorder writes
 * neither: players would show no length and could not jump. Opus stays Opus; nothing is coded again. A file
 * that was cut off in mid-call is read up to its last whole packet.
 * @throws UnreadableAudioError when the file holds no readable sound
 */
export async function remuxAudio(inputPath: string, outputPath: string): Promise<RemuxedAudio> {
  const input = new Input({ source: new FilePathSource(inputPath), formats: [WEBM, OGG, MP4] });
  try {
    const { track, codec } = await audioTrack(input);
    const webm = codec === 'opus' || codec === 'vorbis';
    const format: OutputFormat = webm ? new WebMOutputFormat() : new Mp4OutputFormat();
    const output = new Output({ format, target: new FilePathTarget(outputPath) });
    await copyPackets(track, codec, output);
    const seconds = (await track.computeDuration()) - (await track.getFirstTimestamp());
    return {
      mimeType: webm ? 'audio/webm' : 'audio/mp4',
      extension: webm ? 'webm' : 'm4a',
      durationMs: Math.round(seconds * 1000),
      channels: track.numberOfChannels,
      sizeBytes: (await stat(outputPath)).size,
    };
  } finally {
    input.dispose();
  }
}
