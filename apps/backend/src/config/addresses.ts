/** Settings that are missing or wrong, each named with what it should be. */
export class EnvError extends Error {
  override readonly name = 'EnvError';
}

type Settings = Readonly<Record<string, string | undefined>>;

const encode = encodeURIComponent;

/**
 * Where the database is: `DATABASE_URL`, or what `DATABASE_HOST` and its companions come to. A password that stands by
 * itself may have any characters; in a URL some of them would end it.
 */
export function databaseUrlOf(settings: Settings): string | undefined {
  const { DATABASE_URL, DATABASE_HOST } = settings;
  if (DATABASE_URL || !DATABASE_HOST) return DATABASE_URL || undefined;
  const user = encode(settings.DATABASE_USER || 'outdial');
  const password = encode(settings.DATABASE_PASSWORD ?? '');
  const place = `${DATABASE_HOST}:${settings.DATABASE_PORT || 3306}`;
  return `mysql://${user}:${password}@${place}/${encode(settings.DATABASE_NAME || 'outdial')}`;
}

/** Where Redis is: `REDIS_URL`, or what `REDIS_HOST` and its companions come to. */
export function redisUrlOf(settings: Settings): string | undefined {
  const { REDIS_URL, REDIS_HOST } = settings;
  if (REDIS_URL || !REDIS_HOST) return REDIS_URL || undefined;
  return `redis://:${encode(settings.REDIS_PASSWORD ?? '')}@${REDIS_HOST}:${settings.REDIS_PORT || 6379}`;
}

/** Whether it can be read as a URL with a user and a password. */
export function isAddress(url: string): boolean {
  try {
    const { username, password } = new URL(url);
    return decodeURIComponent(username + password) !== null;
  } catch {
    return false;
  }
}

/** What is said of one that cannot be read; what was given is not, as a password is in it. */
export const NO_ADDRESS =
  'cannot be read as a URL: in a password, characters like / @ : # % are written as %2F %40 %3A %23 %25. Or leave it ' +
  'empty and set the parts, which take any characters (see .env.example)';

/** For programs that need the database alone. @throws EnvError that says what is missing or wrong */
export function requireDatabaseUrl(settings: Settings = process.env): string {
  const url = databaseUrlOf(settings);
  if (!url) throw new EnvError('DATABASE_URL (or DATABASE_HOST) is missing: say which database to use.');
  if (!isAddress(url)) throw new EnvError(`DATABASE_URL ${NO_ADDRESS}.`);
  return url;
}
