import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

/** How often something may be tried: `points` times in `seconds`. */
export interface Limit {
  readonly name: string;
  readonly points: number;
  readonly seconds: number;
}

/**
 * Limits that all processes count together, in Redis. While it is away each process counts by itself: nobody is let
 * through without a limit, and nobody is turned away for it.
 */
export class RateLimits {
  readonly #limiters = new Map<string, RateLimiterRedis>();

  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
  ) {}

  /** @returns null when it may be tried, else how long to wait, in ms */
  async take(limit: Limit, key: string): Promise<number | null> {
    try {
      await this.#limiter(limit).consume(key);
      return null;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return refusal.msBeforeNext;
      throw refusal;
    }
  }

  /** Gives a try back that should not count after all. */
  async giveBack(limit: Limit, key: string): Promise<void> {
    await this.#limiter(limit).reward(key);
  }

  #limiter({ name, points, seconds: duration }: Limit): RateLimiterRedis {
    const known = this.#limiters.get(name);
    if (known) return known;
    const limiter = new RateLimiterRedis({
      storeClient: this.redis,
      keyPrefix: `${this.prefix}:limit:${name}`,
      points,
      duration,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory({ points, duration }),
    });
    this.#limiters.set(name, limiter);
    return limiter;
  }
}
