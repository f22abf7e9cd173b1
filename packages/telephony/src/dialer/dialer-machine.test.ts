import type { Lead, Queue } from '@outdial/contracts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reduceDialer } from './dialer-machine';
import { type DialerEffect, type DialerEvent, type DialerState, isInCall, NOT_DIALING } from './dialer-state';
import { makeLead, makeQueue } from './test-data';

const end = { status: 'no-answer', reached: 'ringing', fault: 'none', cause: null, talkMs: 0 } as const;

/** Steps through events; every event gets its own call id. */
class Run {
  state: DialerState = NOT_DIALING;
  effects: readonly DialerEffect[] = [];
  now = 1_000_000;
  #calls = 0;

  do(...events: DialerEvent[]): this {
    for (const event of events) {
      const moment = { now: this.now, callId: `call-${++this.#calls}` };
      [this.state, this.effects] = reduceDialer(this.state, event, moment);
    }
    return this;
  }

  /** Started, queue open, first lead being dialed. */
  started(leads: Lead[], wrapUpMs = 0): this {
    return this.do(
      { type: 'set-wrap-up', ms: wrapUpMs },
      { type: 'start', sheetId: 's1' },
      { type: 'queue', queue: makeQueue('s1', leads), opened: true },
    );
  }

  get callId() {
    if (!isInCall(this.state.phase)) throw new Error(`No call while ${this.state.phase.name}.`);
    return this.state.phase.callId;
  }

  ended(): this {
    return this.do({ type: 'ended', callId: this.callId, end });
  }

  get dialed() {
    return this.effects.flatMap((effect) => (effect.type === 'dial' ? [effect.lead.id] : []));
  }
}

const [a, b, c] = [makeLead('a'), makeLead('b'), makeLead('c')];

describe('the dialer', () => {
  it('without wrap-up dials the next lead in the very step that ends the call', () => {
    const run = new Run().started([a, b]);
    expect(run.dialed).toEqual(['a']);
    run.ended();
    expect(run.dialed).toEqual(['b']);
    expect(run.effects).toHaveLength(1);
  });

  it('waits out wrap-up to its deadline, however late or early the timer is', () => {
    const run = new Run().started([a, b], 5_000).ended();
    expect(run.effects).toEqual([{ type: 'wake-at', at: run.now + 5_000 }]);
    run.now += 4_999;
    expect(run.do({ type: 'tick' }).state.phase.name).toBe('wrapUp');
    run.now += 60_000;
    expect(run.do({ type: 'tick' }).dialed).toEqual(['b']);
  });

  it('ends wrap-up when the agent is ready', () => {
    const run = new Run().started([a, b], 120_000).ended();
    expect(run.do({ type: 'ready-now' }).effects).toMatchObject([
      { type: 'cancel-wake' },
      { type: 'dial', lead: { id: 'b' } },
    ]);
  });

  it('keeps wrap-up between 0 and 120 seconds', () => {
    expect(new Run().do({ type: 'set-wrap-up', ms: 600_000 }).state.wrapUpMs).toBe(120_000);
    expect(new Run().do({ type: 'set-wrap-up', ms: -1 }).state.wrapUpMs).toBe(0);
  });

  it('pauses and stops after the call, and takes a pause back', () => {
    const run = new Run().started([a, b, c]).do({ type: 'pause' });
    expect(run.state.phase.name).toBe('dialing');
    expect(run.do({ type: 'resume' }).ended().dialed).toEqual(['b']);
    run.do({ type: 'pause' }).ended();
    expect(run.state.phase).toMatchObject({ name: 'paused', reason: 'agent' });
    run.do({ type: 'resume' }, { type: 'queue', queue: makeQueue('s1', [c]), opened: true });
    expect(run.dialed).toEqual(['c']);
    expect(run.do({ type: 'stop' }).ended().state.phase.name).toBe('stopped');
  });

  it('skips: hangs up, and goes on without wrap-up', () => {
    const run = new Run().started([a, b], 30_000).do({ type: 'skip' });
    expect(run.effects).toEqual([{ type: 'hang-up' }]);
    expect(run.ended().dialed).toEqual(['b']);
  });

  it('does not skip a conversation', () => {
    const run = new Run().started([a, b]);
    run.do({ type: 'connected', callId: run.callId }, { type: 'skip' });
    expect(run.effects).toEqual([]);
  });

  it('dials the last lead again when told, from wrap-up or a pause, and returns to the pause', () => {
    const run = new Run().started([a, b], 9_000).ended().do({ type: 'retry' });
    expect(run.effects).toMatchObject([
      { type: 'cancel-wake' },
      { type: 'dial', lead: a, retryOf: expect.any(String) },
    ]);
    run.do({ type: 'pause' }).ended().do({ type: 'retry' });
    expect(run.dialed).toEqual(['a']);
    expect(run.ended().state.phase).toMatchObject({ name: 'paused', reason: 'agent' });
  });

  it('pauses when the registration is lost, and goes on by itself within three minutes', () => {
    const run = new Run().started([a, b], 9_000).ended();
    run.do({ type: 'obstacle', reason: 'registration-lost', message: 'Gone.' });
    const lost = { name: 'paused', reason: 'registration-lost', message: 'Gone.' };
    expect(run.state.phase).toEqual({ ...lost, goesOn: true });
    expect(run.effects).toEqual(
      expect.arrayContaining([{ type: 'cancel-wake' }, { type: 'await-recovery' }]),
    );
    run.now += 100_000;
    expect(run.do({ type: 'tick' }).state.phase.name).toBe('paused');
    expect(run.do({ type: 'recover' }).effects).toEqual([
      { type: 'open-queue', sheetId: 's1', takeOver: false },
    ]);
    run.do({ type: 'queue-failed', reason: 'server', message: 'Away.' });
    run.now += 90_000;
    expect(run.do({ type: 'recover' }).state.phase).toMatchObject({ name: 'paused', goesOn: false });
    expect(run.do({ type: 'recover' }).effects).toEqual([]);
  });

  it('takes another lead when the server has given the first away, and asks for a new look-ahead', () => {
    const run = new Run().started([a, b]);
    run.do({ type: 'not-dialed', callId: run.callId, why: 'lead-not-available', message: '' });
    expect(run.effects).toEqual([{ type: 'refresh-queue', sheetId: 's1' }]);
    run.do({ type: 'queue', queue: makeQueue('s1', [a, c]), opened: false });
    expect(run.dialed).toEqual(['c']);
  });

  it('pauses when taken over, and takes over in turn when resumed', () => {
    const run = new Run().started([a, b]);
    run.do({ type: 'not-dialed', callId: run.callId, why: 'taken-over', message: 'Elsewhere.' });
    expect(run.state.phase).toMatchObject({ name: 'paused', reason: 'taken-over' });
    expect(run.do({ type: 'resume' }).effects).toEqual([
      { type: 'open-queue', sheetId: 's1', takeOver: true },
    ]);
  });

  it('tries a lead again that the server could not be asked about', () => {
    const run = new Run().started([a]);
    run.do({ type: 'not-dialed', callId: run.callId, why: 'server', message: 'Away.' }, { type: 'resume' });
    run.do({ type: 'queue', queue: makeQueue('s1', [a]), opened: true });
    expect(run.dialed).toEqual(['a']);
  });

  it('asks for more leads before it says that the sheet is finished', () => {
    const run = new Run().started([a]).ended();
    expect(run.effects).toEqual([{ type: 'refresh-queue', sheetId: 's1' }]);
    run.do({ type: 'queue', queue: makeQueue('s1', [b]), opened: false });
    expect(run.dialed).toEqual(['b']);
    run.ended().do({ type: 'queue', queue: makeQueue('s1', []), opened: false });
    expect(run.state.phase.name).toBe('finished');
  });

  it('lists results, newest first', () => {
    const run = new Run().started([a, b]).ended().ended();
    expect(run.state.results.map(({ lead }) => lead.id)).toEqual(['b', 'a']);
  });
});

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

  /** What the server had said before the present call was claimed. */
  #done(lead: Lead): boolean {
    return this.#claimed.has(lead.id) && lead.id !== this.#call?.leadId;
  }

  #queue(): Queue {
    const waiting = this.#leads.filter(({ id }) => !this.#claimed.has(id));
    return makeQueue('s1', waiting);
  }
}
