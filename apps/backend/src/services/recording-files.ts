import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { remuxAudio, UnreadableAudioError } from '../adapters/audio-remux';
import { type FileStorage, storageKey } from '../adapters/file-storage';
import { AppError } from '../errors/app-error';

export interface StoredRecording {
  readonly storageKey: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly durationMs: number;
  readonly channels: number;
}

/** Turns an uploaded recording into a stored one that can be seeked. */
export class RecordingFiles {
  constructor(private readonly storage: FileStorage) {}

  /** @throws AppError `recording-unreadable` */
  async store(
    organizationId: string,
    call: { id: string; startedAt: Date },
    upload: string,
  ): Promise<StoredRecording> {
    const temporary = join(this.storage.temporaryFolder, uuidv7());
    try {
      const { extension, ...audio } = await remuxAudio(upload, temporary);
      const key = storageKey('recordings', organizationId, call.startedAt, call.id, extension);
      await this.storage.put(key, temporary);
      return { storageKey: key, ...audio };
    } catch (error) {
      if (error instanceof UnreadableAudioError)
        throw new AppError('recording-unreadable', `${error.message} It stays in this browser.`, undefined, {
          cause: error,
        });
      throw error;
    } finally {
      await rm(temporary, { force: true });
    }
  }
}
