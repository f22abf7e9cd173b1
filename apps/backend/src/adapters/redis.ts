import { Redis, type RedisOptions } from 'ioredis';
import type { Logger } from '../config/logger';

/** Comes back by itself, however long Redis was away. */
const RECONNECTING = {
  connectTimeout: 2_000,
  retryStrategy: (attempt: number) => Math.min(100 * attempt, 1_000),
} satisfies RedisOptions;

/** Commands fail at once while Redis is away, and after a second when it is frozen: nothing waits for it. */
const IMPATIENT = {
  ...RECONNECTING,
  enableOfflineQueue: false,
  commandTimeout: 1_000,
  maxRetriesPerRequest: 0,
} satisfies RedisOptions;

function connect(url: string, logger: Logger, options: Omit<RedisOptions, 'replyMapping'>): Redis {
  const redis = new Redis(url, options);
  let isAway = false;
  redis.on('error', (error) => {
    if (!isAway) logger.warn({ err: error }, 'Redis is away');
    isAway = true;
  });
  redis.on('ready', () => {
    if (isAway) logger.info('Redis is back');
    isAway = false;
  });
  return redis;
}

/** For commands. */
export const connectRedis = (url: string, logger: Logger): Redis => connect(url, logger, IMPATIENT);

/** For listening: commands of a subscriber have no time limit, and it subscribes itself. */
export const connectRedisSubscriber = (url: string, logger: Logger): Redis =>
  connect(url, logger, { ...RECONNECTING, enableOfflineQueue: false, autoResubscribe: false });

/** For BullMQ's workers, which wait in the connection for as long as there is nothing to do. */
export const connectRedisForQueues = (url: string, logger: Logger): Redis =>
  connect(url, logger, { ...RECONNECTING, maxRetriesPerRequest: null });

/** Closes without waiting for a Redis that does not answer. */
export function closeRedis(redis: Redis): void {
  redis.disconnect();
}
