import type { Lead, Queue } from '@outdial/contracts';
import type { QueueGateway } from './queue-gateway';
import { makeQueue } from './test-data';

type Claim = Parameters<QueueGateway['claim']>[0];

/** A sheet's queue in memory, for unit tests; keeps the server's rules. */
export class FakeQueue implements QueueGateway {
  readonly #sheetId: string;
  readonly #leads: Lead[];
  readonly #done = new Set<string>();
  #owner: string | null = null;
  readonly claims: Claim[] = [];
  readonly states: string[] = [];
  /** Claims wait for this; a test can hold them up. */
  gate: Promise<void> = Promise.resolve();
  /** Thrown by the next claim. */
  nextClaimError: Error | null = null;

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

  async claim(claim: Claim): Promise<void> {
    await this.gate;
    const error = this.nextClaimError;
    this.nextClaimError = null;
    if (error) throw error;
    if (this.#owner !== claim.sessionId) throw refused('taken-over');
    if (this.#done.has(claim.leadId)) throw refused('lead-not-available');
    this.#done.add(claim.leadId);
    this.claims.push(claim);
  }

  async setState(_sheetId: string, _sessionId: string, state: string): Promise<void> {
    this.states.push(state);
  }

  async skip(_sheetId: string, leadId: string): Promise<void> {
    this.#done.add(leadId);
  }

  async retry(_sheetId: string, leadId: string): Promise<void> {
    this.#done.delete(leadId);
  }

  /** Another page takes the lead, unseen by this one. */
  takeAway(leadId: string): void {
    this.#done.add(leadId);
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
