import { expect, it } from 'vitest';
import type { Actor } from './actor';
import { ActorCache } from './actor-cache';

const actor = (sessionId: string): Actor => ({
  sessionId,
  userId: 'user',
  organizationId: 'organization',
  name: 'Ava',
  role: 'agent',
  permissions: new Set(),
  agentId: null,
});

function cacheAt(start: number) {
  const time = { now: start };
  return { time, cache: new ActorCache({ now: () => new Date(time.now) }) };
}

it('knows a cookie for five seconds', () => {
  const { cache, time } = cacheAt(0);
  cache.set('a=1', actor('s1'));
  time.now = 4_999;
  expect(cache.get('a=1')?.sessionId).toBe('s1');
  time.now = 5_000;
  expect(cache.get('a=1')).toBeNull();
});

it('takes no other cookie for it', () => {
  const { cache } = cacheAt(0);
  cache.set('a=1', actor('s1'));
  expect(cache.get('a=2')).toBeNull();
});

it('forgets sessions that ended at once', () => {
  const { cache } = cacheAt(0);
  cache.set('a=1', actor('s1'));
  cache.set('a=2', actor('s2'));
  cache.forget(({ sessionId }) => sessionId === 's1');
  expect(cache.get('a=1')).toBeNull();
  expect(cache.get('a=2')?.sessionId).toBe('s2');
});

it('does not grow without end', () => {
  const { cache } = cacheAt(0);
  for (let n = 0; n <= 5_000; n++) cache.set(`a=${n}`, actor(`s${n}`));
  expect(cache.get('a=0')).toBeNull();
  expect(cache.get('a=5000')?.sessionId).toBe('s5000');
});
