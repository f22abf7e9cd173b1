import { type CallReport, isUndone, type Lead, type Queue } from '@outdial/contracts';
import type { QueueGateway } from './queue-gateway';
import { makeQueue } from './test-data';

type Claim = Parameters<QueueGateway['claim']>[0];

/** A sheet's queue in memory, for unit tests; keeps the server's rules. */
export class FakeQueue implements QueueGateway {
  readonly #sheetId: string;
  readonly #leads: Lead[];
  /** Leads that are not to be dialed, with the last call of each. */
  readonly #done = new Map<string, string | null>();
  #owner: string | null = null;
  readonly claims: Claim[] = [];
  readonly states: string[] = [];
  /** Claims wait for this; a test can hold them up. */
  gate: Promise<void> = Promise.resolve();
  /** Thrown by the next claim. */
  nextClaimError: Error | null = null;
  /** The next claim is taken, and its answer lost. */
  loseNextAnswer = false;

  constructor(sheetId: string, leads: Lead[]) {
    this.#sheetId = sheetId;
    this.#leads = leads;
  }

  async open(_sheetId: string, sessionId: string, takeOver: boolean): Promise<Queue> {
    if (this.#owner && this.#owner !== sessionId && !takeOver) throw refused('dialed-elsewhere');
    this.#owner = sessionId;
    return this.#queue();
  }

  async show(): Promise<Queue> {
    return this.#queue();
  }

  async claim(claim: Claim): Promise<null> {
    await this.gate;
    const error = this.nextClaimError;
    this.nextClaimError = null;
    if (error) throw error;
    if (this.#owner !== claim.sessionId) throw refused('taken-over');
    const lastCallId = this.#done.get(claim.leadId);
    if (lastCallId === claim.callId) return null;
    if (lastCallId !== undefined && (!claim.retryOf || claim.retryOf !== lastCallId))
      throw refused('lead-not-available');
    this.#done.set(claim.leadId, claim.callId);
    this.claims.push(claim);
    if (!this.loseNextAnswer) return null;
    this.loseNextAnswer = false;
    throw new TypeError('Failed to fetch');
  }

  async setState(_sheetId: string, _sessionId: string, state: string): Promise<void> {
    this.states.push(state);
  }

  async skip(_sheetId: string, leadId: string): Promise<void> {
    this.#done.set(leadId, this.#done.get(leadId) ?? null);
  }

  async retry({ leadId }: { leadId: string }): Promise<void> {
    this.#done.delete(leadId);
  }

  /** A call's report has come: a lead that it did not reach waits again. */
  filed({ callId, leadId, fault, reached = 'sent' }: CallReport): void {
    if (leadId && isUndone({ fault, reached }) && this.#done.get(leadId) === callId)
      this.#done.delete(leadId);
  }

  /** Another page takes the lead, unseen by this one. */
  takeAway(leadId: string): void {
    this.#done.set(leadId, null);
  }

  takeOver(sessionId: string): void {
    this.#owner = sessionId;
  }

  #queue(): Queue {
    const upcoming = this.#leads.filter(({ id }) => !this.#done.has(id)).slice(0, 10);
    return makeQueue(this.#sheetId, upcoming);
  }
}

export function refused(code: string, status = 409): Error {
  return Object.assign(new Error(`Refused: ${code}.`), { code, status });
}
