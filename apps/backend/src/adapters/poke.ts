import type { Bus, News } from './bus';

/** Tells the relay that something was committed for it. Never holds up who tells; the relay looks by itself, too. */
export interface Poke {
  now(news: Iterable<News>): void;
}

/**
 * One message for all the commits of this long, in ms: sent singly they cost more than the facts. Long enough, too, for
 * a call that was just claimed to be set up first: on a small machine the relay would take its processor.
 */
const GATHER_MS = 100;

export class BusPoke implements Poke {
  #timer: NodeJS.Timeout | null = null;
  readonly #news = new Set<News>();

  constructor(private readonly bus: Bus) {}

  now(news: Iterable<News>): void {
    for (const kind of news) this.#news.add(kind);
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      const gathered = [...this.#news];
      this.#news.clear();
      this.bus.publish({ kind: 'committed', news: gathered });
    }, GATHER_MS).unref();
  }
}
