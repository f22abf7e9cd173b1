import type { StoredObject } from '../../adapters/file-storage';
import { uuidText } from '../../db/public-ids';
import type { Unit } from '../../work/units';
import type { FilesService } from '../platform/files.service';

interface RecordingColumns {
  readonly status: 'complete' | 'partial' | 'unreadable';
  readonly mimeType: string;
  readonly durationMs: number;
  readonly channels: number;
}

/** Recordings as they are listed, and whom a change of theirs concerns. */
export class StoredRecordings {
  constructor(private readonly files: FilesService) {}

  /** Lists a recording with its waveform, in the place of what there was of it. */
  async keep(
    unit: Unit,
    callId: number,
    audio: StoredObject,
    peaks: StoredObject | null,
    columns: RecordingColumns,
  ): Promise<void> {
    const { tx, now, actor } = unit;
    const { organizationId } = actor;
    const before = await tx.recording.findFirst({ where: { callId } });
    // All of it has come meanwhile.
    if (before && before.status !== 'partial' && columns.status === 'partial') return;
    const fileId = await this.#put(unit, before?.fileId ?? null, audio);
    const peaksFileId = peaks && (await this.#put(unit, before?.peaksFileId ?? null, peaks));
    if (before) return this.tell(unit, callId, { ...columns, peaksFileId });
    await tx.call.updateMany({ where: { id: callId }, data: { recorded: true } });
    await tx.recording.create({
      data: { organizationId, callId, fileId, peaksFileId, createdAt: now, ...columns },
    });
    return this.tell(unit, callId, {});
  }

  /** Changes a recording's row, and tells of it. */
  async tell(
    { tx, event }: Unit,
    callId: number,
    data: Partial<RecordingColumns> & { peaksFileId?: number | null },
  ): Promise<void> {
    await tx.recording.updateMany({ where: { callId }, data });
    const { uuid, teamId, agent } = await tx.call.findFirstOrThrow({
      where: { id: callId },
      select: { uuid: true, teamId: true, agent: { select: { userId: true } } },
    });
    event('call.changed', { userId: agent.userId, teamId }, { callId: uuidText(uuid) });
  }

  async #put(unit: Unit, fileId: number | null, object: StoredObject): Promise<number> {
    if (fileId === null) return this.files.list(unit, object);
    await this.files.replace(unit, fileId, object);
    return fileId;
  }
}
