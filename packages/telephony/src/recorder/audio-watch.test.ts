import { beforeEach, expect, it, vi } from 'vitest';
import { FakeClock } from '../fake-clock';
import { AudioWatch, type WatchedContext } from './audio-watch';

/** An AudioContext that goes where it is told. */
class Context extends EventTarget implements WatchedContext {
  state: WatchedContext['state'] = 'running';
  resume = vi.fn(async () => {});
  become(state: WatchedContext['state']): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

const heard: boolean[] = [];
beforeEach(() => void heard.splice(0));

function watch() {
  const [context, clock] = [new Context(), new FakeClock()];
  return { context, clock, watch: new AudioWatch(context, clock, (isHeard) => heard.push(isHeard)) };
}

it.each(['suspended', 'interrupted'] as const)(
  'asks a context that is %s to go on, and tells when it does not, and when it does again',
  (state) => {
    const { context, clock } = watch();
    context.become(state);
    expect(context.resume).toHaveBeenCalledTimes(1);
    clock.advance(2_999);
    expect(heard).toEqual([]);
    clock.advance(1);
    expect(heard).toEqual([false]);
    context.become('running');
    expect(heard).toEqual([false, true]);
  },
);

it('says nothing of one that goes on at once', () => {
  const { context, clock } = watch();
  context.become('interrupted');
  clock.advance(1_000);
  context.become('running');
  clock.advance(10_000);
  expect(heard).toEqual([]);
});

it('tells of one that never began', () => {
  const [context, clock] = [new Context(), new FakeClock()];
  context.state = 'suspended';
  new AudioWatch(context, clock, (isHeard) => heard.push(isHeard));
  clock.advance(3_000);
  expect(heard).toEqual([false]);
});

it('looks no more once it is closed', () => {
  const { context, clock, watch: closed } = watch();
  context.become('suspended');
  closed.close();
  clock.advance(10_000);
  context.become('interrupted');
  expect(heard).toEqual([]);
  expect(context.resume).toHaveBeenCalledTimes(1);
});
