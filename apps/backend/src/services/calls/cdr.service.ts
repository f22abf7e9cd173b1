import type { CallReport } from '@outdial/contracts';
import { v7 as uuidv7 } from 'uuid';
import { audioTypeOf } from '../../adapters/audio-type';
import type { Clock } from '../../adapters/clock';
import { type FileStorage, type StoredObject, storageKey } from '../../adapters/file-storage';
import { storeFile } from '../../adapters/local-copy';
import type { Db } from '../../db/client';
import { isDuplicate } from '../../db/errors';
import type { Prisma } from '../../db/generated/client';
import { uuidBytes } from '../../db/public-ids';
import { forOrganization } from '../../db/tenant';
import { AppError, notFound } from '../../errors/app-error';
import { type Actor, requireAgent } from '../../work/actor';
import type { Unit, Units } from '../../work/units';
import type { FilesService } from '../platform/files.service';
import { type CallEndings, reachOf } from './call-endings';
import { about } from './calls.service';
import { beginCall } from './new-call';

const knownCall = {
  id: true,
  agentId: true,
  status: true,
  interrupted: true,
  startedAt: true,
  recorded: true,
} satisfies Prisma.CallSelect;

type KnownCall = Prisma.CallGetPayload<{ select: typeof knownCall }>;

/** The recorder's own: left the agent, right the other party. */
const CHANNELS = 2;

/** Files what a browser reports of a call. Everything here may be sent again and again. */
export class CdrService {
  constructor(
    private readonly db: Db,
    private readonly units: Units,
    private readonly clock: Clock,
    private readonly endings: CallEndings,
    private readonly storage: FileStorage,
    private readonly files: FilesService,
  ) {}

  /** @param upload path of the uploaded recording, if one came along; the caller removes it */
  async file(actor: Actor, report: CallReport, upload: string | null) {
    const agent = requireAgent(actor);
    const call = await this.#callOf(actor, agent, report);
    if (call.status === 'in-progress' || call.interrupted)
      await this.units.run(actor, (unit) => this.endings.end(unit, call.id, endingOf(call, report)));
    const isRecorded =
      call.recorded || (upload !== null && (await this.#record(actor, call, report, upload)));
    return { success: true as const, id: report.callId, recordingId: isRecorded ? report.callId : null };
  }

  /** The call's row, made before the INVITE left; made now for a report whose row could not be made then. */
  async #callOf(actor: Actor, agent: NonNullable<Actor['agent']>, report: CallReport): Promise<KnownCall> {
    let call = await this.#find(actor, report);
    if (!call) {
      await this.#createLate(actor, agent, report);
      call = await this.#find(actor, report);
    }
    if (call?.agentId !== agent.id) throw notFound('This call');
    return call;
  }

  #find(actor: Actor, { callId }: CallReport): Promise<KnownCall | null> {
    const where = { uuid: uuidBytes(callId) };
    return forOrganization(this.db, actor.organizationId).call.findUnique({ where, select: knownCall });
  }

  /** Nothing when the id is taken: by a simultaneous report, or in another organization. */
  async #createLate(actor: Actor, agent: NonNullable<Actor['agent']>, report: CallReport): Promise<void> {
    const call = {
      organizationId: actor.organizationId,
      uuid: uuidBytes(report.callId),
      agentId: agent.id,
      teamId: agent.teamId,
      direction: report.direction,
      destination: report.destination,
      startedAt: startOf(report, this.clock.now()),
      claim: null,
    };
    try {
      await beginCall(this.units, actor, call, [], async () => (await this.#find(actor, report)) !== null);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }

  /**
   * Keeps the recording as it came; the worker makes it one that can be jumped in.
   * @throws AppError `recording-unreadable` for what no browser recorded
   */
  async #record(actor: Actor, call: KnownCall, report: CallReport, upload: string): Promise<boolean> {
    const type = await audioTypeOf(upload);
    if (!type)
      throw new AppError(
        'recording-unreadable',
        'This is no recording that can be read. It stays in this browser.',
      );
    const name = `${report.callId}.${uuidv7()}.${type.extension}`;
    const key = storageKey('recordings', actor.organizationId, call.startedAt, name);
    const object = await storeFile(this.storage, key, upload);
    const row = { mimeType: type.mimeType, durationMs: report.talkMs ?? 0, channels: CHANNELS };
    const isFirst = await this.units.run(actor, (unit) =>
      this.#addRecording(unit, actor, call, report, object, row),
    );
    if (!isFirst) await this.files.remove(key);
    return true;
  }

  /** @returns false when another sending of the same recording came first */
  async #addRecording(
    unit: Unit,
    actor: Actor,
    { id: callId }: KnownCall,
    report: CallReport,
    object: StoredObject,
    row: { mimeType: string; durationMs: number; channels: number },
  ): Promise<boolean> {
    const { tx, now } = unit;
    const { organizationId } = actor;
    const { count } = await tx.call.updateMany({
      where: { id: callId, recorded: false },
      data: { recorded: true },
    });
    if (count === 0) return false;
    const fileId = await this.files.list(unit, object);
    const status = 'received';
    await tx.recording.create({ data: { organizationId, callId, fileId, status, createdAt: now, ...row } });
    unit.job('recording.remux', `recording.remux:${callId}`, { callId: Number(callId) });
    unit.event('call.changed', about(actor), { callId: report.callId });
    return true;
  }
}

/** A report that waited longer in its browser than this was dated by a clock that was set meanwhile. */
const WAITED_MS = 30 * 24 * 60 * 60_000;

/** When a call began by the server's clock: as long ago as it was, by the browser's, when the report was sent. */
function startOf(report: CallReport, now: Date): Date {
  const agoMs = Date.parse(report.sentAt) - Date.parse(report.startedAt);
  const isLikely = agoMs >= 0 && agoMs <= WAITED_MS;
  return new Date(now.getTime() - (isLikely ? agoMs : report.durationMs));
}

/**
 * Times are kept relative to when the server made the row, so that a browser clock that is off shifts nothing. A call
 * the server had closed as lost takes the browser's better knowledge. No moment
 * lies outside the call, however its clock was set meanwhile.
 */
function endingOf(call: KnownCall, report: CallReport) {
  const began = new Date(report.startedAt).getTime();
  const at = (time: string) => {
    const afterMs = Math.min(report.durationMs, Math.max(0, new Date(time).getTime() - began));
    return new Date(call.startedAt.getTime() + afterMs);
  };
  return {
    status: report.status,
    reached: report.reached ?? reachOf(report),
    fault: report.fault,
    sipCode: report.sipCode ?? null,
    cause: report.cause ?? null,
    hangupBy: report.hangupBy ?? null,
    sipCallId: report.sipCallId ?? null,
    ringingAt: report.ringingAt ? at(report.ringingAt) : null,
    answeredAt: report.answeredAt ? at(report.answeredAt) : null,
    endedAt: at(report.endedAt),
    ringMs: report.ringMs ?? null,
    talkMs: report.talkMs ?? null,
    durationMs: report.durationMs,
    interrupted: report.interrupted ?? false,
  };
}
