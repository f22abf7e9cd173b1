import { expect, it } from 'vitest';
import { databaseUrlOf, EnvError, redisUrlOf, requireDatabaseUrl } from './addresses';

const PASSWORD = '/+@:#% ?&"\'\\=ü';

it('takes any password that stands by itself', () => {
  const database = new URL(databaseUrlOf({ DATABASE_HOST: 'mariadb', DATABASE_PASSWORD: PASSWORD }) ?? '');
  expect([database.host, database.username, database.pathname]).toEqual([
    'mariadb:3306',
    'outdial',
    '/outdial',
  ]);
  expect(decodeURIComponent(database.password)).toBe(PASSWORD);
  const redis = new URL(redisUrlOf({ REDIS_HOST: 'redis', REDIS_PASSWORD: PASSWORD }) ?? '');
  expect([redis.host, decodeURIComponent(redis.password)]).toEqual(['redis:6379', PASSWORD]);
});

it('prefers a URL, and takes an empty one for none', () => {
  const DATABASE_URL = 'mysql://u:p@db/outdial';
  expect(databaseUrlOf({ DATABASE_URL, DATABASE_HOST: 'mariadb' })).toBe(DATABASE_URL);
  expect(databaseUrlOf({ DATABASE_URL: '', DATABASE_PASSWORD: 'x' })).toBeUndefined();
  expect(redisUrlOf({ REDIS_URL: '', REDIS_PASSWORD: 'x' })).toBeUndefined();
});

it.each(['mysql://outdial:a/se#cret@db:3306/outdial', 'mysql://outdial:secret%zz@db/outdial'])(
  'says what is wrong with %s, and not what it is',
  (DATABASE_URL) => {
    expect(() => requireDatabaseUrl({ DATABASE_URL })).toThrow(EnvError);
    expect(() => requireDatabaseUrl({ DATABASE_URL })).toThrow(/^DATABASE_URL cannot be read.*%2F/);
    expect(() => requireDatabaseUrl({ DATABASE_URL })).not.toThrow(/se#?cret/);
  },
);
