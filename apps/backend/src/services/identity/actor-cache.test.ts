import { expect, it } from 'vitest';
import type { Actor } from '../../work/actor';
import { ActorCache } from './actor-cache';

const actor = (sessionId: string): Actor => ({
  kind: 'user',
  sessionId,
  userId: 'user',
  organizationId: 1,
  name: 'Ava',
  role: 'agent',
  permissions: new Set(),
  agent: null,
  scope: { kind: 'own', agentId: null },
  mustChoosePassword: false,
});

/** A cache, its time, and a look-up that finds the session of that name and counts. */
function cacheAt(start: number) {
  const time = { now: start };
  const cache = new ActorCache({ now: () => new Date(time.now) });
  const lookUps: string[] = [];
  const get = (cookie: string, found: Actor | null = actor(cookie)) =>
    cache.get(cookie, async () => {
      lookUps.push(cookie);
      return found;
    });
  return { time, cache, lookUps, get };
}

it('knows a cookie for five seconds, and takes no other for it', async () => {
  const { time, lookUps, get } = cacheAt(1_000_000);
  expect(await get('a')).toMatchObject({ sessionId: 'a' });
  await get('a');
  expect(lookUps).toEqual(['a']);
  expect(await get('b')).toMatchObject({ sessionId: 'b' });
  time.now += 5_000;
  expect(await get('a', null)).toBeNull();
  expect(lookUps).toEqual(['a', 'b', 'a']);
});

it('looks a cookie up again while it still serves', async () => {
  const { cache, time, lookUps, get } = cacheAt(1_000_000);
  await get('a');
  time.now += 2_001;
  await get('a');
  await expect.poll(() => lookUps).toEqual(['a', 'a']);
  time.now += 2_998;
  const unanswered = () => new Promise<null>(() => undefined);
  expect(await cache.get('a', unanswered)).toMatchObject({ sessionId: 'a' });
});

it('no longer knows a cookie that was found dead', async () => {
  const { time, get } = cacheAt(1_000_000);
  await get('a');
  time.now += 2_001;
  await get('a', null);
  await expect.poll(() => get('a', null)).toBeNull();
});

it('shares a look-up among requests that come together', async () => {
  const { lookUps, get } = cacheAt(1_000_000);
  await Promise.all([get('a'), get('a'), get('a')]);
  expect(lookUps).toEqual(['a']);
});

it('forgets sessions that ended at once, also one that is just being looked up', async () => {
  const { cache, lookUps, get } = cacheAt(1_000_000);
  await Promise.all([get('a'), get('b')]);
  cache.forget(({ sessionId }) => sessionId === 'a');
  expect(await get('a', null)).toBeNull();
  const late = get('c');
  cache.forget(({ sessionId }) => sessionId === 'c');
  await late;
  expect(await get('c', null)).toBeNull();
  await get('b');
  expect(lookUps).toEqual(['a', 'b', 'a', 'c', 'c']);
});

it('forgets at once also a session that was to be renewed', async () => {
  const { cache, time, get } = cacheAt(1_000_000);
  await get('a');
  time.now += 3_000;
  cache.forget(({ sessionId }) => sessionId === 'a');
  expect(await get('a', null)).toBeNull();
});

it('does not grow without end', async () => {
  const { lookUps, get } = cacheAt(1_000_000);
  for (let n = 0; n <= 5_000; n++) await get(`${n}`);
  await get('5000');
  await get('0');
  expect(lookUps.slice(5_001)).toEqual(['0']);
});
