import { Redis, type RedisOptions } from 'ioredis';
import type { Logger } from '../config/logger';

/**
 * A connection that fails at once while Redis is away, and comes back by itself: nothing waits for it. A Redis that is
 * frozen is given up on after a second.
 */
export function connectRedis(url: string, logger: Logger, options: RedisOptions = {}): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    commandTimeout: 1_000,
    connectTimeout: 2_000,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(100 * attempt, 1_000),
    ...options,
  });
  let away = false;
  redis.on('error', (error) => {
    if (!away) logger.warn({ err: error }, 'Redis is away');
    away = true;
  });
  redis.on('ready', () => {
    if (away) logger.info('Redis is back');
    away = false;
  });
  return redis;
}

/** For BullMQ, whose workers wait in the connection for as long as there is nothing to do. */
export const connectRedisForQueues = (url: string, logger: Logger): Redis =>
  connectRedis(url, logger, { maxRetriesPerRequest: null, enableOfflineQueue: true, commandTimeout: undefined });

/** Closes without waiting for a Redis that does not answer. */
export function closeRedis(redis: Redis): void {
  redis.disconnect();
}
