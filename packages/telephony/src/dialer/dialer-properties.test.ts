import type { CallFault, Lead, Queue } from '@outdial/contracts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DialerEffect, type DialerEvent, isInCall } from './dialer-state';
import { makeLead, makeQueue } from './test-data';
import { end, Run } from './test-run';

describe('whatever happens, in any order', () => {
  const leads = Array.from({ length: 6 }, (_, index) => makeLead(`lead-${index}`));
  const step = fc.constantFrom(
    'start',
    'pause',
    'resume',
    'stop',
    'skip',
    'retry',
    'ready-now',
    'answer-queue',
    'stale-queue',
    'connect',
    'end',
    'end-by-us',
    'end-by-carrier',
    'recover',
    'claimed-elsewhere',
    'server-away',
    'registration-lost',
    'tick',
    'wrap-up-0',
    'wrap-up-5',
  );

  it('no lead is dialed twice by itself, never two calls at once, and a paused dialer does not dial', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const world = new World(leads);
        for (const name of steps) world.step(name);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** A queue and a telephone that keep the rules, and an eye on the dialer. */
class World {
  readonly #run = new Run();
  readonly #leads: Lead[];
  readonly #claimed = new Set<string>();
  readonly #dialed = new Set<string>();
  #asked: { opened: boolean } | null = null;
  #call: { id: string; leadId: string } | null = null;

  constructor(leads: Lead[]) {
    this.#leads = leads;
  }

  step(name: string): void {
    const run = this.#run;
    run.now += 1_000;
    const event = this.#event(name);
    if (!event) return;
    const before = run.state.phase.name;
    run.do(event);
    for (const effect of run.effects) this.#effect(effect, before, event);
    const { phase } = run.state;
    expect(isInCall(phase) ? phase.callId : null).toBe(this.#call?.id ?? null);
  }

  #effect(effect: DialerEffect, before: string, event: DialerEvent): void {
    switch (effect.type) {
      case 'open-queue':
        this.#asked = { opened: true };
        break;
      case 'refresh-queue':
        this.#asked = { opened: false };
        break;
      case 'hang-up':
        expect(this.#call).not.toBeNull();
        break;
      case 'dial':
        expect(this.#call).toBeNull();
        // A fault of ours is never followed by the next lead.
        if (event.type === 'ended') expect(['none', 'carrier']).toContain(event.end.fault);
        expect(effect.retryOf !== null).toBe(event.type === 'retry');
        if (!effect.retryOf) {
          expect(['starting', 'wrapUp', 'dialing', 'talking']).toContain(before);
          expect(this.#dialed.has(effect.lead.id)).toBe(false);
        }
        this.#call = { id: effect.callId, leadId: effect.lead.id };
        this.#claimed.add(effect.lead.id);
        this.#dialed.add(effect.lead.id);
        break;
    }
  }

  #event(name: string): DialerEvent | null {
    const call = this.#call;
    switch (name) {
      case 'start':
        return { type: 'start', sheetId: 's1' };
      case 'answer-queue': {
        const asked = this.#asked;
        this.#asked = null;
        return asked && { type: 'queue', queue: this.#queue(), ...asked };
      }
      case 'stale-queue':
        return {
          type: 'queue',
          queue: makeQueue(
            's1',
            this.#leads.filter((lead) => !this.#done(lead)),
          ),
          opened: false,
        };
      case 'connect':
        return call && { type: 'connected', callId: call.id };
      case 'end':
        this.#call = null;
        return call && { type: 'ended', callId: call.id, end };
      case 'end-by-us':
        return this.#undone('switch');
      case 'end-by-carrier':
        return this.#undone('carrier');
      case 'claimed-elsewhere':
        this.#call = null;
        return call && { type: 'not-dialed', callId: call.id, why: 'lead-not-available', message: '' };
      case 'server-away':
        this.#call = null;
        if (call) {
          this.#dialed.delete(call.leadId);
          this.#claimed.delete(call.leadId);
        }
        return call && { type: 'not-dialed', callId: call.id, why: 'server', message: '' };
      case 'registration-lost':
        return { type: 'obstacle', reason: 'registration-lost', message: '' };
      case 'wrap-up-0':
        return { type: 'set-wrap-up', ms: 0 };
      case 'wrap-up-5':
        return { type: 'set-wrap-up', ms: 5_000 };
      default:
        return { type: name } as DialerEvent;
    }
  }

  /** The call has reached nobody, and the server gives its lead back. */
  #undone(fault: CallFault): DialerEvent | null {
    const call = this.#call;
    this.#call = null;
    if (!call) return null;
    this.#dialed.delete(call.leadId);
    this.#claimed.delete(call.leadId);
    const undone = { ...end, status: 'failed', reached: 'sent', fault } as const;
    return { type: 'ended', callId: call.id, end: undone };
  }

  /** What the server had said before the present call was claimed. */
  #done(lead: Lead): boolean {
    return this.#claimed.has(lead.id) && lead.id !== this.#call?.leadId;
  }

  #queue(): Queue {
    const waiting = this.#leads.filter(({ id }) => !this.#claimed.has(id));
    return makeQueue('s1', waiting);
  }
}
