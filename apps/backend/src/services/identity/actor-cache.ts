import { createHash } from 'node:crypto';
import type { Clock } from '../../adapters/clock';
import type { Actor } from '../../work/actor';

/** How long another process may go on serving a session that was revoked here. */
const LIFETIME_MS = 5_000;
/** What is older is looked up again while it still serves: who is at work never waits. */
const RENEW_AFTER_MS = 2_000;
/** Far more than agents work on one process at a time; beyond it the oldest are looked up again. */
const MAX_ENTRIES = 5_000;

interface Entry {
  readonly actor: Actor;
  readonly since: number;
}

type LookUp = () => Promise<Actor | null>;

/**
 * Who is behind a session cookie, for a few seconds: a dial asks several times a second, and each look-up costs
 * half of what a claim does. Keyed by a hash, so that no cookie is kept.
 */
export class ActorCache {
  readonly #entries = new Map<string, Entry>();
  readonly #lookUps = new Map<string, Promise<Actor | null>>();
  /** Grows with every `forget`: what was looked up before one is not kept after it. */
  #forgotten = 0;

  constructor(private readonly clock: Clock) {}

  /** The actor as known, or as `lookUp` says; requests that come together share one look-up. */
  async get(cookie: string, lookUp: LookUp): Promise<Actor | null> {
    const key = keyOf(cookie);
    const entry = this.#entries.get(key);
    const age = entry ? this.#now() - entry.since : LIFETIME_MS;
    if (!entry || age >= LIFETIME_MS) return this.#lookUp(key, lookUp);
    if (age >= RENEW_AFTER_MS) this.#lookUp(key, lookUp).catch(() => undefined);
    return entry.actor;
  }

  /** Forgets every session that ended. */
  forget(ended: (actor: Actor) => boolean): void {
    this.#forgotten += 1;
    this.#lookUps.clear();
    for (const [key, { actor }] of this.#entries) if (ended(actor)) this.#entries.delete(key);
  }

  #lookUp(key: string, lookUp: LookUp): Promise<Actor | null> {
    const running = this.#lookUps.get(key);
    if (running) return running;
    const started: Promise<Actor | null> = this.#renew(key, lookUp).finally(() => {
      if (this.#lookUps.get(key) === started) this.#lookUps.delete(key);
    });
    this.#lookUps.set(key, started);
    return started;
  }

  async #renew(key: string, lookUp: LookUp): Promise<Actor | null> {
    const forgotten = this.#forgotten;
    const actor = await lookUp();
    if (!actor) this.#entries.delete(key);
    else if (forgotten === this.#forgotten) this.#keep(key, actor);
    return actor;
  }

  #keep(key: string, actor: Actor): void {
    const [oldest] = this.#entries.keys();
    if (oldest && this.#entries.size >= MAX_ENTRIES) this.#entries.delete(oldest);
    this.#entries.delete(key);
    this.#entries.set(key, { actor, since: this.#now() });
  }

  #now(): number {
    return this.clock.now().getTime();
  }
}

const keyOf = (cookie: string): string => createHash('sha256').update(cookie).digest('base64');
