import type { Bus } from './bus';

/** Tells the relay that something was committed for it. Never holds up who tells; the relay looks by itself, too. */
export interface Poke {
  now(): void;
}

/**
 * One message for all the commits of this long, in ms: sent singly they cost more than the facts. Long enough, too, for
 * a call that was just claimed to be set up first: on a small machine the relay would take its processor.
 */
const GATHER_MS = 100;

export class BusPoke implements Poke {
  #timer: NodeJS.Timeout | null = null;

  constructor(private readonly bus: Bus) {}

  now(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.bus.publish({ kind: 'committed' });
    }, GATHER_MS).unref();
  }
}
