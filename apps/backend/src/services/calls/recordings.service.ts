import type { FileStorage, StoredFile } from '../../adapters/file-storage';
import type { Db } from '../../db/client';
import { forOrganization } from '../../db/tenant';
import { notFound } from '../../errors/app-error';
import type { Actor } from '../../work/actor';
import { callScope } from './call-filter';

export interface ServedFile {
  readonly file: StoredFile;
  readonly mimeType: string;
  readonly fileName: string;
}

/** Recordings, for those who may hear them. */
export class RecordingsService {
  constructor(
    private readonly db: Db,
    private readonly storage: FileStorage,
  ) {}

  /** @throws AppError `not-found` also for recordings of calls the actor may not see */
  async audio(actor: Actor, recordingId: string): Promise<ServedFile> {
    const row = await forOrganization(this.db, actor.organizationId).recording.findUnique({
      where: { id: recordingId, call: callScope(actor) },
      include: { call: { select: { destination: true, startedAt: true } } },
    });
    const file = row && (await this.storage.find(row.storageKey));
    if (!row || !file) throw notFound('This recording');
    const day = row.call.startedAt.toISOString().slice(0, 16).replace('T', '_').replace(':', '-');
    const extension = row.storageKey.split('.').at(-1);
    return { file, mimeType: row.mimeType, fileName: `${day}_${row.call.destination}.${extension}` };
  }
}
