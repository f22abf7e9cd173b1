import type { Lead } from '@outdial/contracts';
import { reduceDialer } from './dialer-machine';
import { type DialerEffect, type DialerEvent, type DialerState, isInCall, NOT_DIALING } from './dialer-state';
import { makeQueue } from './test-data';

/** Nobody answered. */
export const end = {
  status: 'no-answer',
  reached: 'ringing',
  fault: 'none',
  cause: null,
  talkMs: 0,
} as const;

/** A dialer that steps through events; every event gets its own call id. */
export class Run {
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
