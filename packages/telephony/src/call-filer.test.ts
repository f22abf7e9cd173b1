import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { type CallEvent, type CallState, IDLE, reduceCall } from './call/call-machine';
import { CallFiler } from './call-filer';
import { FakeClock } from './fake-clock';
import { FakeFilingServer } from './outbox/fake-filing-server';
import { PageLocks } from './outbox/locks';
import { Outbox } from './outbox/outbox';
import { IdbOutboxStorage } from './outbox/outbox-storage';
import { FakeRecorder } from './recorder/fake-recorder';

it('tells every 15 s that a call goes on, sooner when nobody took it, until it ends', async () => {
  const clock = new FakeClock();
  const outbox = new Outbox({
    userId: 'ada',
    storage: new IdbOutboxStorage('filer'),
    locks: new PageLocks(),
    channel: new BroadcastChannel('filer'),
    network: new EventTarget(),
    clock,
    server: new FakeFilingServer(),
  });
  const heartbeats: string[] = [];
  let isAway = false;
  const filer = new CallFiler({
    outbox,
    recorder: new FakeRecorder(),
    clock,
    onProgress: async () => {},
    onHeartbeat: async (callId) => {
      heartbeats.push(callId);
      if (isAway) throw new Error('The server is away.');
    },
    streams: () => null,
    sipCallId: () => null,
  });
  let state: CallState = IDLE;
  const happens = (event: CallEvent) => {
    const previous = state;
    state = reduceCall(previous, event);
    filer.follow(state, previous);
  };

  const call = { callId: 'c1', destination: '+12025550101' };
  filer.open({ ...call, leadId: undefined, ready: Promise.resolve() });
  happens({ type: 'dial', ...call, at: clock.now() });
  happens({ type: 'answered', at: clock.now() });
  const pass = async (ms: number) => {
    clock.advance(ms);
    // The answer to a beat sets the next one off.
    await new Promise((resolve) => setTimeout(resolve));
    return heartbeats.length;
  };
  expect(await pass(14_999)).toBe(0);
  expect(await pass(1)).toBe(1);
  expect(await pass(14_999)).toBe(1);
  isAway = true;
  expect(await pass(1)).toBe(2);
  expect(await pass(5_000)).toBe(3);
  isAway = false;
  expect(await pass(5_000)).toBe(4);
  expect(await pass(14_999)).toBe(4);
  expect(heartbeats).toEqual(['c1', 'c1', 'c1', 'c1']);
  happens({ type: 'terminated', by: 'remote', at: clock.now() });
  expect(await pass(60_000)).toBe(4);
  await filer.settled();
  outbox.close();
});
