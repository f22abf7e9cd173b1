import type { Bus } from '../adapters/bus';
import type { Logger } from '../config/logger';
import type { Leader } from './leader';

/** How often it is looked without being told, in ms. */
const LOOK_MS = 1_000;

/** One thing to be relayed. @returns whether there may be more */
export interface Relaying {
  relay(): Promise<boolean>;
}

/**
 * Passes on what transactions have left: facts to the pages, jobs to the queue, audit entries to their chain. One
 * process of the installation does; the others wait to take over.
 */
export class Relay {
  #wake: () => void = () => undefined;
  readonly #unsubscribe: () => void;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly leader: Leader,
    private readonly relayings: readonly Relaying[],
    bus: Bus,
    private readonly logger: Logger,
  ) {
    this.#unsubscribe = bus.on(({ kind }) => kind === 'committed' && this.#wake());
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
    while (isLeading()) {
      const news = this.#news();
      const more = await Promise.all(this.relayings.map((relaying) => this.#relay(relaying)));
      if (!more.includes(true)) await news;
    }
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
      const timer = setTimeout(resolve, LOOK_MS);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
