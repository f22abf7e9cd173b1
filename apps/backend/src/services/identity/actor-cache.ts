import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../adapters/clock';
import type { Actor } from '../../work/actor';

/** How long another process may go on serving a session that was revoked here. */
const LIFETIME_MS = 5_000;
/** What is older is looked up again while it still serves: who is at work never waits. */
const RENEW_AFTER_MS = 2_000;
/** Far more than agents work on one process at a time; beyond it the oldest are looked up again. */
const MAX_ENTRIES = 5_000;

interface Known {
  /** Null for a cookie that was found dead; not kept. */
  readonly actor: Actor | null;
  /** When it was looked up, in ms; long ago for one that may have ended meanwhile. */
  readonly since: number;
}

type LookUp = () => Promise<Actor | null>;

/**
 * Who is behind a session cookie, for a few seconds: a dial asks several times a second, and each look-up costs
 * half of what a claim does. Keyed by a hash, so that no cookie is kept.
 */
export class ActorCache {
  readonly #known: LRUCache<string, Known, LookUp>;
  /** Grows with every `forget`: what was looked up before one does not serve after it. */
  #forgotten = 0;

  constructor(private readonly clock: Clock) {
    this.#known = new LRUCache<string, Known, LookUp>({
      max: MAX_ENTRIES,
      ttl: RENEW_AFTER_MS,
      // What is to be renewed is still known: it can be forgotten.
      allowStale: true,
      ttlResolution: 0,
      perf: { now: () => this.#now() },
      fetchMethod: (_key, _stale, { context }) => this.#lookUp(context),
    });
  }

  /** The actor as known, or as `lookUp` says; requests that come together share one look-up. */
  async get(cookie: string, lookUp: LookUp): Promise<Actor | null> {
    const key = keyOf(cookie);
    const since = this.#known.peek(key, { allowStale: true })?.since ?? 0;
    const serves = this.#now() - since < LIFETIME_MS;
    const known = await this.#known.fetch(key, {
      context: lookUp,
      allowStale: serves,
      allowStaleOnFetchRejection: serves,
      forceRefresh: !serves,
    });
    if (!known?.actor) this.#known.delete(key);
    return known?.actor ?? null;
  }

  /** Forgets every session that ended. */
  forget(ended: (actor: Actor) => boolean): void {
    this.#forgotten += 1;
    for (const [key, { actor }] of [...this.#known.entries()])
      if (!actor || ended(actor)) this.#known.delete(key);
  }

  async #lookUp(lookUp: LookUp): Promise<Known> {
    const forgotten = this.#forgotten;
    const actor = await lookUp();
    return { actor, since: forgotten === this.#forgotten ? this.#now() : 0 };
  }

  #now(): number {
    return this.clock.now().getTime();
  }
}

const keyOf = (cookie: string): string => createHash('sha256').update(cookie).digest('base64');
