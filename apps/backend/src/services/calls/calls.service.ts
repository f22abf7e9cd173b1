import type { Call } from '@outdial/contracts';
import type { Clock } from '../../adapters/clock';
import type { Db } from '../../db/client';
import { isDuplicate } from '../../db/errors';
import { publicId, uuidBytes, uuidText } from '../../db/public-ids';
import { forOrganization } from '../../db/tenant';
import { AppError, notFound } from '../../errors/app-error';
import { type Actor, requireAgent } from '../../work/actor';
import { outboxRow } from '../../work/draft';
import { type Statement, UnitRefusedError, type Units } from '../../work/units';
import type { LeadsService, PreparedClaim } from '../leads/leads.service';
import type { DialPermitsService } from '../telephony/dial-permits.service';
import type { CallEndings } from './call-endings';
import { begunCall, type CallRow, callInclude, toCall } from './call-rows';
import { callsSeen } from './live-calls';
import { beginCall } from './new-call';

export interface NewCall {
  readonly id: string;
  readonly destination: string;
  readonly leadId?: string | undefined;
  readonly dialerSessionId?: string | undefined;
  readonly retryOf?: string | undefined;
}

/** Calls in progress: made before the INVITE leaves, and told about while they go on. */
export class CallsService {
  constructor(
    private readonly db: Db,
    private readonly units: Units,
    private readonly clock: Clock,
    private readonly leads: LeadsService,
    private readonly endings: CallEndings,
    private readonly permits: DialPermitsService,
  ) {}

  /** Makes the call row, and claims its lead in the same unit. Repeating an id changes nothing. */
  async create(actor: Actor, call: NewCall): Promise<Call> {
    const agent = requireAgent(actor);
    this.permits.check(call.destination);
    try {
      if (call.retryOf) await this.endings.endRetried(actor, agent.id, call.retryOf);
      const now = this.clock.now();
      const { leadId } = call;
      const claim = leadId
        ? await this.leads.prepareClaim(actor, agent.id, { ...call, callId: call.id, leadId }, now)
        : null;
      return await this.#begin(actor, agent, call, claim, now);
    } catch (error) {
      return this.#again(actor, agent.id, call, error);
    }
  }

  /** News of a call in progress. What is known already, or comes after the end, changes nothing. */
  async progress(actor: Actor, callId: string, phase: 'ringing' | 'answered'): Promise<void> {
    const column = phase === 'ringing' ? 'ringingAt' : 'answeredAt';
    const agent = requireAgent(actor);
    const { organizationId } = actor;
    const call = await forOrganization(this.db, organizationId).call.findUnique({
      where: { uuid: uuidBytes(callId), agentId: agent.id },
      select: { id: true, sheetId: true },
    });
    if (!call) throw notFound('This call');
    const now = this.clock.now();
    const change: Statement = {
      sql: `UPDATE \`call\` SET ${column} = ? WHERE organizationId = ? AND id = ? AND status = 'in-progress'
        AND answeredAt IS NULL AND ${column} IS NULL`,
      values: [now, organizationId, call.id],
    };
    const seen = callsSeen(organizationId, [call.id], now);
    const dialer = call.sheetId ? [this.leads.dialersHeard(organizationId, [call.sheetId], now)] : [];
    const news = [outboxRow('call.changed', about(actor), { callId })];
    await this.units.quick(actor, [change, seen, ...dialer], news);
  }

  async #begin(
    actor: Actor,
    agent: NonNullable<Actor['agent']>,
    call: NewCall,
    claim: PreparedClaim | null,
    startedAt: Date,
  ): Promise<Call> {
    const { organizationId } = actor;
    const row = {
      organizationId,
      uuid: uuidBytes(call.id),
      agentId: agent.id,
      teamId: agent.teamId,
      direction: 'outbound',
      destination: call.destination,
      startedAt,
      claim,
    };
    const news = [outboxRow('call.changed', about(actor), { callId: call.id })];
    await beginCall(
      this.units,
      actor,
      row,
      news,
      async () => (await this.#find(actor, call.id)) !== null,
    ).catch(notAvailable);
    const { id, destination } = call;
    return begunCall(
      {
        id,
        destination,
        agent: { id: publicId('agent', agent.id), name: actor.name },
        attempt: claim?.attempt ?? null,
        lead: claim && { id: publicId('lead', claim.id), name: claim.name },
        sheet: claim && { id: uuidText(claim.sheet.uuid), name: claim.sheet.name },
      },
      startedAt,
    );
  }

  /** What a request gets that failed because it is the repetition of one that did not: the call of that one. */
  async #again(actor: Actor, agentId: number, call: NewCall, error: unknown): Promise<Call> {
    const isRefused = error instanceof AppError;
    if (!isRefused && !isDuplicate(error)) throw error;
    const existing = await this.#find(actor, call.id);
    if (!existing) throw isRefused ? error : taken();
    if (existing.agentId !== agentId) throw notFound('This call');
    if (existing.destination !== call.destination) throw taken();
    return toCall(existing);
  }

  #find(actor: Actor, callId: string): Promise<CallRow | null> {
    return forOrganization(this.db, actor.organizationId).call.findUnique({
      where: { uuid: uuidBytes(callId) },
      include: callInclude,
    });
  }
}

function notAvailable(error: unknown): never {
  if (error instanceof UnitRefusedError)
    throw new AppError('lead-not-available', 'This lead is being called or done already.');
  throw error;
}

const taken = () => new AppError('conflict', 'This call id is taken. Dial again.');

/** Whom a call of the actor's concerns. */
export const about = ({ userId, agent }: Actor) => ({ userId, teamId: agent?.teamId ?? null });
