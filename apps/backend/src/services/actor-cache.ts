import { createHash } from 'node:crypto';
import type { Clock } from '../adapters/clock';
import type { Actor } from './actor';

/** How long another process may go on serving a session that was revoked here. */
const LIFETIME_MS = 5_000;
/** Far more than agents work on one process at a time; beyond it the oldest are looked up again. */
const MAX_ENTRIES = 5_000;

interface Entry {
  readonly actor: Actor;
  readonly until: number;
}

/**
 * Who is behind a session cookie, for a few seconds: a dial asks several times a second, and each look-up costs
 * half of what a claim does. Keyed by a hash, so that no cookie is kept.
 */
export class ActorCache {
  readonly #entries = new Map<string, Entry>();

  constructor(private readonly clock: Clock) {}

  get(cookie: string): Actor | null {
    const entry = this.#entries.get(keyOf(cookie));
    return entry && entry.until > this.clock.now().getTime() ? entry.actor : null;
  }

  set(cookie: string, actor: Actor): void {
    const [oldest] = this.#entries.keys();
    if (oldest && this.#entries.size >= MAX_ENTRIES) this.#entries.delete(oldest);
    this.#entries.set(keyOf(cookie), { actor, until: this.clock.now().getTime() + LIFETIME_MS });
  }

  /** Forgets every session that ended. */
  forget(ended: (actor: Actor) => boolean): void {
    for (const [key, { actor }] of this.#entries) if (ended(actor)) this.#entries.delete(key);
  }
}

const keyOf = (cookie: string): string => createHash('sha256').update(cookie).digest('base64');
