import { join } from 'node:path';
import type { AudioRemuxer } from '../../adapters/audio-remuxer';
import { type FileStorage, storageKey } from '../../adapters/file-storage';
import { storeFile, withLocalCopy } from '../../adapters/local-copy';
import type { Db } from '../../db/client';
import { uuidBytes, uuidText } from '../../db/public-ids';
import { forOrganization } from '../../db/tenant';
import { notFound } from '../../errors/app-error';
import type { Actor, SystemActor } from '../../work/actor';
import { scopeWhere } from '../../work/scope';
import type { Units } from '../../work/units';
import type { FilesService, ServedFile } from '../platform/files.service';

const EXTENSION = /\.(\w+)$/;

/** Recordings: for those who may hear them, and made ready for them by the worker. */
export class RecordingsService {
  constructor(
    private readonly db: Db,
    private readonly units: Units,
    private readonly storage: FileStorage,
    private readonly files: FilesService,
    private readonly remuxer: AudioRemuxer,
  ) {}

  /** @throws AppError `not-found` also for recordings of calls the actor may not see */
  async audio(actor: Actor, recordingId: string): Promise<ServedFile> {
    const call = await forOrganization(this.db, actor.organizationId).call.findUnique({
      where: { uuid: uuidBytes(recordingId), ...scopeWhere(actor.scope) },
      select: { destination: true, startedAt: true, recording: { include: { file: true } } },
    });
    if (!call?.recording) throw notFound('This recording');
    const { file, mimeType } = call.recording;
    const day = call.startedAt.toISOString().slice(0, 16).replace('T', '_').replace(':', '-');
    const fileName = `${day}_${call.destination}.${EXTENSION.exec(file.key)?.[1]}`;
    const served = await this.files.serve(file.key, mimeType, fileName);
    if (!served) throw notFound('This recording');
    return served;
  }

  /** Makes a recording one that can be jumped in. One that cannot be read stays as it came, and says so. */
  async remux(actor: SystemActor, callId: number): Promise<void> {
    const found = await forOrganization(this.db, actor.organizationId).recording.findFirst({
      where: { callId, status: 'received' },
      include: { file: true, call: { select: { uuid: true, startedAt: true } } },
    });
    if (!found) return;
    const { file, call } = found;
    await withLocalCopy(this.storage, file.key, async (path, folder) => {
      const output = join(folder, 'remuxed');
      const remuxing = await this.remuxer.remux(path, output);
      if (remuxing.kind !== 'remuxed') return this.#tell(actor, callId, { status: 'unreadable' });
      const { extension, mimeType, durationMs, channels } = remuxing.audio;
      const name = `${uuidText(call.uuid)}.${extension}`;
      const key = storageKey('recordings', actor.organizationId, call.startedAt, name);
      const object = await storeFile(this.storage, key, output);
      const data = { status: 'complete', mimeType, durationMs, channels };
      await this.units.run(actor, async (unit) => {
        await this.files.replace(unit, file.id, object);
        await this.#tell(actor, callId, data);
      });
    });
  }

  #tell(
    actor: SystemActor,
    callId: number,
    data: { status: string; mimeType?: string; durationMs?: number; channels?: number },
  ): Promise<void> {
    return this.units.run(actor, async ({ tx, event }) => {
      await tx.recording.updateMany({ where: { callId }, data });
      const { uuid, teamId, agent } = await tx.call.findFirstOrThrow({
        where: { id: callId },
        select: { uuid: true, teamId: true, agent: { select: { userId: true } } },
      });
      event('call.changed', { userId: agent.userId, teamId }, { callId: uuidText(uuid) });
    });
  }
}
