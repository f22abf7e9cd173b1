import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CallEvent, type CallState, IDLE, reduceCall } from './call-machine';

const dial: CallEvent = { type: 'dial', callId: 'c1', destination: '+12025550101', at: 1_000 };
const run = (...events: CallEvent[]) => events.reduce(reduceCall, IDLE as CallState);

function outcome(...events: CallEvent[]) {
  const state = run(dial, ...events);
  if (state.name !== 'ended') throw new Error(`The call is ${state.name}.`);
  return state.outcome;
}

describe('a call', () => {
  it('counts ring and talk time when the other party hangs up', () => {
    expect(
      outcome(
        { type: 'ringing', earlyMedia: false, at: 1_500 },
        { type: 'answered', at: 4_000 },
        { type: 'terminated', by: 'remote', at: 64_000 },
      ),
    ).toMatchObject({
      status: 'answered',
      hangupBy: 'remote',
      cause: null,
      sipCode: 200,
      ringMs: 2_500,
      talkMs: 60_000,
      durationMs: 63_000,
    });
  });

  it.each([
    [486, 'busy'],
    [600, 'busy'],
    [480, 'no-answer'],
    [408, 'no-answer'],
    [487, 'no-answer'],
    [603, 'rejected'],
    [403, 'rejected'],
    [404, 'invalid-number'],
    [484, 'invalid-number'],
    [604, 'invalid-number'],
    [410, 'invalid-number'],
    [503, 'failed'],
    [488, 'failed'],
  ])('answered with SIP %i is %s', (code, status) => {
    const ended = outcome({ type: 'terminated', by: 'remote', sip: { code }, at: 2_000 });
    expect(ended).toMatchObject({ status, sipCode: code, hangupBy: 'remote' });
    expect(ended.cause).toMatch(/\.$/);
  });

  it("believes the carrier's own reason over a general answer, and not over a plain one", () => {
    const withReason = (code: number, cause: number) =>
      outcome({
        type: 'terminated',
        by: 'remote',
        sip: { code, reason: `SIP;cause=${code}, Q.850;cause=${cause};text="x"` },
        at: 2_000,
      }).status;
    expect(withReason(503, 17)).toBe('busy');
    expect(withReason(480, 1)).toBe('invalid-number');
    expect(withReason(486, 1)).toBe('busy');
    expect(withReason(500, 41)).toBe('failed');
  });

  it('is cancelled by the agent, whatever the network answers to the CANCEL', () => {
    expect(
      outcome(
        { type: 'ringing', earlyMedia: true, at: 1_500 },
        { type: 'hang-up', why: 'agent' },
        { type: 'terminated', by: 'remote', sip: { code: 487 }, at: 2_000 },
      ),
    ).toMatchObject({ status: 'cancelled', hangupBy: 'agent', ringMs: 500, talkMs: 0 });
  });

  it('that nobody takes in time is not answered, and the system ended it', () => {
    expect(
      outcome(
        { type: 'ringing', earlyMedia: false, at: 1_500 },
        { type: 'hang-up', why: 'ring-timeout' },
        { type: 'terminated', by: 'local', at: 31_000 },
      ),
    ).toMatchObject({ status: 'no-answer', hangupBy: 'system', sipCode: null });
  });

  it('stays answered when the connection is lost, and says so', () => {
    expect(
      outcome(
        { type: 'answered', at: 2_000 },
        { type: 'terminated', by: 'local', failure: 'media-lost', at: 3_000 },
      ),
    ).toMatchObject({ status: 'answered', hangupBy: 'system', cause: 'The audio connection was lost.' });
  });

  it('goes on hold and back, and remembers that it is muted', () => {
    const held = run(
      dial,
      { type: 'answered', at: 2_000 },
      { type: 'muted', muted: true },
      { type: 'held', held: true },
    );
    expect(held).toMatchObject({ name: 'held', muted: true });
    expect(reduceCall(held, { type: 'held', held: false })).toMatchObject({ name: 'connected', muted: true });
  });

  it('has no negative duration when the clock is set back', () => {
    expect(
      outcome({ type: 'answered', at: 2_000 }, { type: 'terminated', by: 'remote', at: 500 }),
    ).toMatchObject({ talkMs: 0, durationMs: 0 });
  });

  it('once ended stays ended, and never holds two calls', () => {
    const at = fc.integer({ min: 0, max: 1e6 });
    const event = fc.oneof(
      fc.record({
        type: fc.constant('dial' as const),
        callId: fc.uuid(),
        destination: fc.constant('*43'),
        at,
      }),
      fc.record({ type: fc.constant('ringing' as const), earlyMedia: fc.boolean(), at }),
      fc.record({ type: fc.constant('answered' as const), at }),
      fc.record({ type: fc.constant('muted' as const), muted: fc.boolean() }),
      fc.record({ type: fc.constant('held' as const), held: fc.boolean() }),
      fc.constant({ type: 'hang-up' as const, why: 'agent' as const }),
      fc.record({ type: fc.constant('terminated' as const), by: fc.constant('remote' as const), at }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let state: CallState = IDLE;
        for (const next of events) {
          const before: CallState = state;
          state = reduceCall(before, next);
          if (before.name === 'ended' && next.type !== 'dial') expect(state).toBe(before);
          if (before.name !== 'idle' && before.name !== 'ended' && state.name !== 'ended') {
            expect(state).toHaveProperty('callId', before.callId);
          }
        }
      }),
    );
  });
});

describe('how far a call got', () => {
  const gone: CallEvent = { type: 'terminated', by: 'local', failure: 'connection-lost', at: 9_000 };
  it.each([
    ['not-sent', []],
    ['sent', [{ type: 'sent' }]],
    ['ringing', [{ type: 'sent' }, { type: 'ringing', earlyMedia: false, at: 1_500 }]],
    ['answered', [{ type: 'sent' }, { type: 'answered', at: 1_500 }]],
  ] as [string, CallEvent[]][])('%s', (reached, events) => {
    expect(outcome(...events, gone)).toMatchObject({ reached, fault: 'switch' });
  });
});
