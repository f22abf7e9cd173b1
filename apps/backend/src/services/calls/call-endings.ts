import { type CallFault, type CallReach, type EndedStatus, isUndone } from '@outdial/contracts';
import type { Clock } from '../../adapters/clock';
import type { Db } from '../../db/client';
import type { Prisma } from '../../db/generated/client';
import { uuidBytes, uuidText } from '../../db/public-ids';
import { forOrganization, type TenantReader } from '../../db/tenant';
import type { Actor, Worker } from '../../work/actor';
import type { Unit, Units } from '../../work/units';
import type { LeadsService } from '../leads/leads.service';
import { contactOf } from './contacts';

/** A page tells every 15 s that its call lives; after this long without news the call is taken for lost. */
const SILENCE_MS = 90_000;
/** Two of those missed: where another page asks for the sheet, its calls have gone with the first. */
const HEARD_OF_MS = 35_000;
const BATCH = 500;

/** A call as its end needs to know it. */
const endedCall = {
  id: true,
  uuid: true,
  agentId: true,
  teamId: true,
  leadId: true,
  destination: true,
  startedAt: true,
  answeredAt: true,
  reached: true,
  fault: true,
  agent: { select: { userId: true } },
  lead: { select: { name: true } },
  sheet: { select: { uuid: true } },
} satisfies Prisma.CallSelect;

type Ending = Prisma.CallUpdateManyMutationInput & {
  readonly status: EndedStatus;
  readonly reached: CallReach;
  readonly fault: CallFault;
  readonly endedAt: Date;
};

/** Whether what was known of the call before gave its lead back. */
const wasUndone = ({ reached, fault }: { reached: string | null; fault: string | null }) =>
  reached !== null &&
  fault !== null &&
  isUndone({ reached: reached as CallReach, fault: fault as CallFault });

/** Ends calls: as their page reports it, or as lost when the page is not heard of any more. */
export class CallEndings {
  constructor(
    private readonly db: Db,
    private readonly units: Units,
    private readonly clock: Clock,
    private readonly leads: LeadsService,
  ) {}

  /** Writes how a call ended, settles its lead, and tells of it. */
  async end(unit: Unit, callId: bigint, ending: Ending): Promise<void> {
    const call = await unit.tx.call.findFirstOrThrow({ where: { id: callId }, select: endedCall });
    const contactId = await contactOf(unit, call.destination, call.lead?.name ?? null);
    await unit.tx.call.updateMany({ where: { id: callId }, data: { ...ending, contactId } });
    await unit.tx.liveCall.deleteMany({ where: { callId } });
    const { organizationId } = unit.actor;
    await unit.tx.callChange.createMany({ data: [{ organizationId, callId }] });
    if (call.leadId)
      await this.leads.settle(unit, {
        callUuid: call.uuid,
        leadId: call.leadId,
        status: ending.status,
        reached: ending.reached,
        fault: ending.fault,
        wasUndone: wasUndone(call),
        endedAt: ending.endedAt,
        agentId: call.agentId,
      });
    const { userId } = call.agent;
    unit.event('call.changed', { userId, teamId: call.teamId }, { callId: uuidText(call.uuid) });
    if (call.sheet) unit.event('queue.changed', { userId }, { sheetId: uuidText(call.sheet.uuid) });
  }

  /**
   * Closes calls that were not heard of for long, in all organizations. One that cannot be closed keeps no other open.
   * @returns how many
   */
  async sweep(): Promise<number> {
    const silentSince = new Date(this.clock.now().getTime() - SILENCE_MS);
    const silent = await this.db.liveCall.findMany({ where: { seenAt: { lt: silentSince } }, take: BATCH });
    const faults: unknown[] = [];
    for (const { organizationId, callId } of silent) {
      const sweeper = { kind: 'system', name: 'sweeper', organizationId } as const;
      await this.#endLost(sweeper, callId).catch((error: unknown) => faults.push(error));
    }
    if (faults.length > 0) throw new AggregateError(faults, 'Some lost calls could not be closed.');
    return silent.length;
  }

  /**
   * Closes the calls that a lost page left open on its sheet. One whose page is still heard of goes on: its lead stays
   * taken, so that nobody is called by two pages.
   */
  async endLostOf(actor: Actor, sheetId: number): Promise<void> {
    const silentSince = new Date(this.clock.now().getTime() - HEARD_OF_MS);
    const calls = await this.#reader(actor).call.findMany({
      where: { sheetId, status: 'in-progress', live: { seenAt: { lt: silentSince } } },
      select: { id: true },
    });
    for (const { id } of calls) await this.#endLost(actor, id);
  }

  /** Closes the call a retry follows, when its record has not come yet: a lead has one live call at most. */
  async endRetried(actor: Actor, agentId: number, callId: string): Promise<void> {
    const call = await this.#reader(actor).call.findUnique({
      where: { uuid: uuidBytes(callId), agentId, status: 'in-progress' },
      select: { id: true },
    });
    // The agent has seen it end; the lead is taken anew in a moment.
    if (call) await this.#endLost(actor, call.id, 'none');
  }

  /**
   * Closes a call as of when its page was last heard of. Its own report, should it still come, replaces what is
   * written here.
   */
  async #endLost(actor: Worker, callId: bigint, fault: CallFault = 'local'): Promise<void> {
    await this.units.run(actor, async (unit) => {
      const { organizationId } = actor;
      const [live] = await unit.tx.$queryRaw<{ seenAt: Date }[]>`SELECT seenAt FROM live_call
        WHERE organizationId = ${organizationId} AND callId = ${callId} FOR UPDATE`;
      if (!live) return;
      const where = { id: callId };
      const call = await unit.tx.call.findFirstOrThrow({
        where,
        select: { startedAt: true, ringingAt: true, answeredAt: true },
      });
      const { seenAt: endedAt } = live;
      await this.end(unit, callId, {
        status: call.answeredAt ? 'answered' : 'failed',
        reached: reachOf(call),
        fault,
        cause: 'The page was lost during the call.',
        hangupBy: 'system',
        endedAt,
        durationMs: Math.max(0, endedAt.getTime() - call.startedAt.getTime()),
        talkMs: call.answeredAt && Math.max(0, endedAt.getTime() - call.answeredAt.getTime()),
        interrupted: true,
      });
    });
  }

  #reader(actor: Worker): TenantReader {
    return forOrganization(this.db, actor.organizationId);
  }
}

/** How far a call got by its moments, where nobody says more: the INVITE may have left. */
export function reachOf(call: { ringingAt?: unknown; answeredAt?: unknown }): CallReach {
  if (call.answeredAt) return 'answered';
  return call.ringingAt ? 'ringing' : 'sent';
}
