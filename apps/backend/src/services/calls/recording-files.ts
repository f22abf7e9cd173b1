import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { AudioRemuxer } from '../../adapters/audio-remuxer';
import { audioTypeOf } from '../../adapters/audio-type';
import { type FileStorage, storageKey } from '../../adapters/file-storage';
import { AppError } from '../../errors/app-error';

export interface StoredRecording {
  readonly storageKey: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly durationMs: number;
  readonly channels: number;
}

interface RecordedCall {
  readonly id: string;
  readonly startedAt: Date;
  /** How long was talked, as the browser reports it. */
  readonly talkMs: number;
}

/** The recorder's own: left the agent, right the other party. */
const CHANNELS = 2;

/** Turns an uploaded recording into a stored one that can be seeked; one that cannot be read is kept as it came. */
export class RecordingFiles {
  constructor(
    private readonly storage: FileStorage,
    private readonly remuxer: AudioRemuxer,
  ) {}

  /** @throws AppError `recording-unreadable` for what no browser recorded */
  async store(organizationId: string, call: RecordedCall, upload: string): Promise<StoredRecording> {
    const type = await audioTypeOf(upload);
    if (!type)
      throw new AppError(
        'recording-unreadable',
        'This is no recording that can be read. It stays in this browser.',
      );
    const temporary = join(this.storage.temporaryFolder, uuidv7());
    const keyOf = (extension: string) =>
      storageKey('recordings', organizationId, call.startedAt, call.id, extension);
    try {
      const remuxing = await this.remuxer.remux(upload, temporary);
      if (remuxing.kind !== 'remuxed') {
        const { size: sizeBytes } = await stat(upload);
        const key = keyOf(type.extension);
        await this.storage.put(key, upload);
        const { mimeType } = type;
        return { storageKey: key, mimeType, sizeBytes, durationMs: call.talkMs, channels: CHANNELS };
      }
      const { extension, ...audio } = remuxing.audio;
      const key = keyOf(extension);
      await this.storage.put(key, temporary);
      return { storageKey: key, ...audio };
    } finally {
      await rm(temporary, { force: true });
    }
  }
}
