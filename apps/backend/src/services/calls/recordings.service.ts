import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { PEAKS_PER_SECOND } from '@outdial/contracts';
import { coarserPeaks } from '../../adapters/waveform-peaks';
import type { Db } from '../../db/client';
import { uuidBytes } from '../../db/public-ids';
import { forOrganization } from '../../db/tenant';
import { notFound } from '../../errors/app-error';
import type { Actor } from '../../work/actor';
import { scopeWhere } from '../../work/scope';
import type { FilesService, ServedFile } from '../platform/files.service';

const EXTENSION = /\.(\w+)$/;

/** Recordings for those who may hear them. */
export class RecordingsService {
  constructor(
    private readonly db: Db,
    private readonly files: FilesService,
  ) {}

  /** @throws AppError `not-found` also for recordings of calls the actor may not see */
  async audio(actor: Actor, recordingId: string): Promise<ServedFile> {
    const { recording, startedAt, destination } = await this.#callOf(actor, recordingId);
    const { file, mimeType } = recording;
    const day = startedAt.toISOString().slice(0, 16).replace('T', '_').replace(':', '-');
    const fileName = `${day}_${destination}.${EXTENSION.exec(file.key)?.[1]}`;
    return found(await this.files.serve(file.key, mimeType, fileName));
  }

  /** @throws AppError `not-found` also for one that has no waveform */
  async peaks(
    actor: Actor,
    recordingId: string,
    perSecond: (typeof PEAKS_PER_SECOND)[number],
  ): Promise<ServedFile> {
    const { recording } = await this.#callOf(actor, recordingId);
    if (!recording.peaksFile) throw notFound('This waveform');
    const file = found(
      await this.files.serve(recording.peaksFile.key, 'application/octet-stream', 'waveform.dat'),
    );
    return perSecond === '20' ? file : coarser(file);
  }

  async #callOf(actor: Actor, recordingId: string) {
    const call = await forOrganization(this.db, actor.organizationId).call.findUnique({
      where: { uuid: uuidBytes(recordingId), ...scopeWhere(actor.scope) },
      select: {
        destination: true,
        startedAt: true,
        recording: { include: { file: true, peaksFile: true } },
      },
    });
    if (!call?.recording) throw notFound('This recording');
    return { ...call, recording: call.recording };
  }
}

function found(file: ServedFile | null): ServedFile {
  if (!file) throw notFound('This recording');
  return file;
}

/** What is stored tells 20 values a second. */
const TIMES_COARSER = 10;

/** The waveform of a long call, with 2 values a second: a tenth of the bytes. */
async function coarser(file: ServedFile): Promise<ServedFile> {
  const stored = await file.open({ start: 0, end: file.object.sizeBytes - 1 });
  const peaks = coarserPeaks(await buffer(stored), TIMES_COARSER);
  return {
    ...file,
    object: { ...file.object, sizeBytes: peaks.length },
    open: async ({ start, end }) => Readable.from([peaks.subarray(start, end + 1)]),
  };
}
