import type { Bus, News } from '../adapters/bus';
import type { Logger } from '../config/logger';
import type { Leader } from './leader';

/** How often it is looked without being told, in ms. */
const LOOK_MS = 1_000;

const ALL: readonly News[] = ['facts', 'jobs', 'audit'];

/** One kind of thing to be relayed. */
export interface Relaying {
  readonly news: News;
  /** @returns whether there may be more */
  relay(): Promise<boolean>;
}

/**
 * Passes on what transactions have left: facts to the pages, jobs to the queue, audit entries to their chain. One
 * process of the installation does; the others wait to take over.
 */
export class Relay {
  /** What is to be looked for. */
  readonly #due = new Set<News>(ALL);
  #wake: () => void = () => undefined;
  readonly #unsubscribe: () => void;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly leader: Leader,
    private readonly relayings: readonly Relaying[],
    bus: Bus,
    private readonly logger: Logger,
  ) {
    this.#unsubscribe = bus.on((message) => {
      if (message.kind === 'committed') this.#lookFor(message.news);
    });
  }

  start(): void {
    this.#running = this.leader.run((isLeading) => this.#lead(isLeading));
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    this.leader.close();
    this.#wake();
    await this.#running;
  }

  async #lead(isLeading: () => boolean): Promise<void> {
    this.logger.info('relays facts, jobs and audit entries');
    this.#lookFor(ALL);
    while (isLeading()) {
      const due = this.relayings.filter(({ news }) => this.#due.has(news));
      this.#due.clear();
      const news = this.#news();
      const more = await Promise.all(due.map((relaying) => this.#relay(relaying)));
      for (const [index, { news: kind }] of due.entries()) if (more[index]) this.#due.add(kind);
      if (this.#due.size === 0) await news;
    }
  }

  #lookFor(news: readonly News[]): void {
    for (const kind of news) this.#due.add(kind);
    this.#wake();
  }

  /** One that fails does not hold up the others; it is tried again at the next look. */
  async #relay(relaying: Relaying): Promise<boolean> {
    try {
      return await relaying.relay();
    } catch (error) {
      this.logger.warn({ err: error, relaying: relaying.constructor.name }, 'could not relay');
      return false;
    }
  }

  /** Something was committed, or it is time to look. */
  #news(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#lookFor(ALL), LOOK_MS);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
