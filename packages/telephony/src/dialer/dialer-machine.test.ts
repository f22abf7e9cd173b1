import { describe, expect, it } from 'vitest';
import { makeLead, makeQueue } from './test-data';
import { end, Run } from './test-run';

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

  it('waits for a lead that a fault of ours gives back before it says that the sheet is finished', () => {
    const run = new Run().started([a]);
    const fault = { ...end, status: 'failed', reached: 'sent', fault: 'carrier' } as const;
    run.do({ type: 'ended', callId: run.callId, end: fault });
    const unfiled = makeQueue('s1', []);
    const counts = { ...unfiled.counts, total: 1 };
    run.do({ type: 'queue', queue: { ...unfiled, counts }, opened: false });
    expect(run.state.phase.name).toBe('starting');
    expect(run.effects).toEqual([{ type: 'ask-later', sheetId: 's1' }]);
    run.do({ type: 'queue', queue: makeQueue('s1', [a]), opened: false });
    expect(run.dialed).toEqual(['a']);
    run.ended().do({ type: 'queue', queue: { ...unfiled, counts }, opened: false });
    expect(run.state.phase.name).toBe('finished');
  });

  it('lists results, newest first', () => {
    const run = new Run().started([a, b]).ended().ended();
    expect(run.state.results.map(({ lead }) => lead.id)).toEqual(['b', 'a']);
  });
});
