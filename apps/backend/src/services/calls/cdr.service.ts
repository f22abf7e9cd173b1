import type { CallReport } from '@outdial/contracts';
import { v7 as uuidv7 } from 'uuid';
import type { Clock } from '../../adapters/clock';
import type { EventBus } from '../../adapters/event-bus';
import type { Db } from '../../db/client';
import { isDuplicate, retryDeadlocks } from '../../db/errors';
import type { Prisma } from '../../db/generated/client';
import { forOrganization, type TenantDb, type TenantTransaction } from '../../db/tenant';
import { notFound } from '../../errors/app-error';
import { type Actor, requireAgent } from '../../work/actor';
import { tellCallChanged } from './call-events';
import { applyOutcomeToLead } from './call-outcome';
import { reversed } from './call-rows';
import type { RecordingFiles, StoredRecording } from './recording-files';

const knownCall = {
  id: true,
  agentId: true,
  status: true,
  interrupted: true,
  startedAt: true,
  leadId: true,
  sheetId: true,
  recording: { select: { id: true } },
} satisfies Prisma.CallSelect;

type KnownCall = Prisma.CallGetPayload<{ select: typeof knownCall }>;

/** Files what a browser reports of a call. Everything here may be sent again and again. */
export class CdrService {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly events: EventBus,
    private readonly files: RecordingFiles,
  ) {}

  /** @param upload path of the uploaded recording, if one came along; the caller removes it */
  async file(actor: Actor, report: CallReport, upload: string | null) {
    const agentId = requireAgent(actor);
    const db = forOrganization(this.db, actor.organizationId);
    const call = await this.#callOf(db, actor, agentId, report);
    if (call.status === 'in-progress' || call.interrupted) await this.#end(db, call, report);
    const recordingId =
      call.recording?.id ??
      (upload && (await this.#store(db, actor, { ...call, talkMs: report.talkMs ?? 0 }, upload)));
    tellCallChanged(this.events, actor, call.id);
    if (call.sheetId)
      this.events.publish(
        { kind: 'user', userId: actor.userId },
        { name: 'queue-changed', sheetId: call.sheetId },
      );
    return { success: true as const, id: call.id, recordingId };
  }

  /** The call's row, made before the INVITE left; made now for a report whose row could not be made then. */
  async #callOf(db: TenantDb, actor: Actor, agentId: string, report: CallReport): Promise<KnownCall> {
    const find = () => db.call.findUnique({ where: { id: report.callId }, select: knownCall });
    const call = (await find()) ?? (await this.#createLate(db, actor, agentId, report)) ?? (await find());
    if (call?.agentId !== agentId) throw notFound('This call');
    return call;
  }

  /** @returns null when the id is taken: by a simultaneous report, or in another organization */
  async #createLate(
    db: TenantDb,
    actor: Actor,
    agentId: string,
    report: CallReport,
  ): Promise<KnownCall | null> {
    const skewMs = this.clock.now().getTime() - new Date(report.sentAt).getTime();
    const startedAt = new Date(new Date(report.startedAt).getTime() + skewMs);
    const data = {
      id: report.callId,
      organizationId: actor.organizationId,
      agentId,
      direction: report.direction,
      destination: report.destination,
      destinationReversed: reversed(report.destination),
      status: 'in-progress',
      startedAt,
      seenAt: startedAt,
    };
    try {
      return await db.call.create({ data, select: knownCall });
    } catch (error) {
      if (isDuplicate(error)) return null;
      throw error;
    }
  }

  /**
   * Times are kept relative to when the server made the row, so that a browser clock that is off shifts
   * nothing. A call the server had closed as lost takes the browser's better knowledge.
   */
  async #end(db: TenantDb, call: KnownCall, report: CallReport): Promise<void> {
    const began = new Date(report.startedAt).getTime();
    const at = (time: string) =>
      new Date(call.startedAt.getTime() + Math.max(0, new Date(time).getTime() - began));
    const endedAt = at(report.endedAt);
    const change = async (tx: TenantTransaction) => {
      await tx.call.update({
        where: { id: call.id },
        data: {
          status: report.status,
          sipCode: report.sipCode ?? null,
          cause: report.cause ?? null,
          hangupBy: report.hangupBy ?? null,
          sipCallId: report.sipCallId ?? null,
          ringingAt: report.ringingAt ? at(report.ringingAt) : null,
          answeredAt: report.answeredAt ? at(report.answeredAt) : null,
          endedAt,
          ringMs: report.ringMs ?? null,
          talkMs: report.talkMs ?? null,
          durationMs: report.durationMs,
          interrupted: report.interrupted ?? false,
          seenAt: endedAt,
        },
      });
      if (call.leadId)
        await applyOutcomeToLead(tx, {
          callId: call.id,
          leadId: call.leadId,
          status: report.status,
          endedAt,
        });
    };
    await retryDeadlocks(() => db.$transaction(change));
  }

  async #store(
    db: TenantDb,
    actor: Actor,
    call: KnownCall & { talkMs: number },
    upload: string,
  ): Promise<string> {
    const stored: StoredRecording = await this.files.store(actor.organizationId, call, upload);
    const { organizationId } = actor;
    try {
      const data = { id: uuidv7(), organizationId, callId: call.id, ...stored };
      return (await db.recording.create({ data, select: { id: true } })).id;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    const where = { organizationId_callId: { organizationId, callId: call.id } };
    return (await db.recording.findUniqueOrThrow({ where, select: { id: true } })).id;
  }
}
