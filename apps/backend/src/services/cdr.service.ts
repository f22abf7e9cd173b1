import type { CallReport } from '@outdial/contracts';
import { v7 as uuidv7 } from 'uuid';
import type { Clock } from '../adapters/clock';
import type { EventBus } from '../adapters/event-bus';
import type { Db } from '../db/client';
import { forOrganization, type TenantDb } from '../db/tenant';
import { notFound } from '../errors/app-error';
import { type Actor, requireAgent } from './actor';
import { applyOutcomeToLead } from './call-outcome';
import { reversed } from './call-rows';
import type { RecordingFiles, StoredRecording } from './recording-files';

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
    const recordingId = call.recordingId ?? (upload && (await this.#store(db, actor, call, upload)));
    this.#tell(actor, call.id);
    return { success: true as const, id: call.id, recordingId };
  }

  /** The call's row, made before the INVITE left; made now for a report whose row could not be made then. */
  async #callOf(db: TenantDb, actor: Actor, agentId: string, report: CallReport) {
    const select = {
      id: true,
      agentId: true,
      status: true,
      interrupted: true,
      startedAt: true,
      leadId: true,
      recording: { select: { id: true } },
    } as const;
    const known = await db.call.findUnique({ where: { id: report.callId }, select });
    if (known && known.agentId !== agentId) throw notFound('This call');
    const skewMs = this.clock.now().getTime() - new Date(report.sentAt).getTime();
    const startedAt = new Date(new Date(report.startedAt).getTime() + skewMs);
    const row =
      known ??
      (await db.call.create({
        data: {
          id: report.callId,
          organizationId: actor.organizationId,
          agentId,
          direction: report.direction,
          destination: report.destination,
          destinationReversed: reversed(report.destination),
          status: 'in-progress',
          startedAt,
          seenAt: startedAt,
        },
        select,
      }));
    return { ...row, recordingId: row.recording?.id ?? null };
  }

  /**
   * Times are kept relative to when the server made the row, so that a browser clock that is off shifts
   * nothing. A call the server had closed as lost takes the browser's better knowledge.
   */
  async #end(db: TenantDb, call: { id: string; startedAt: Date; leadId: string | null }, report: CallReport) {
    const began = new Date(report.startedAt).getTime();
    const at = (time: string) =>
      new Date(call.startedAt.getTime() + Math.max(0, new Date(time).getTime() - began));
    const endedAt = at(report.endedAt);
    await db.$transaction(async (tx) => {
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
    });
  }

  async #store(db: TenantDb, actor: Actor, call: { id: string; startedAt: Date }, upload: string) {
    const stored: StoredRecording = await this.files.store(actor.organizationId, call, upload);
    const row = await db.recording.upsert({
      where: { organizationId_callId: { organizationId: actor.organizationId, callId: call.id } },
      create: { id: uuidv7(), organizationId: actor.organizationId, callId: call.id, ...stored },
      update: {},
      select: { id: true },
    });
    return row.id;
  }

  #tell(actor: Actor, callId: string): void {
    this.events.publish({ kind: 'user', userId: actor.userId }, { name: 'call-changed', callId });
    this.events.publish(
      { kind: 'floor', organizationId: actor.organizationId },
      { name: 'call-changed', callId },
    );
  }
}
