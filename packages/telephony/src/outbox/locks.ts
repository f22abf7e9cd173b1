/** Named locks across the tabs of one browser (Web Locks API). A dead tab's locks are free at once. */
export interface Locks {
  /**
   * Waits for the lock and holds it until `task` has settled.
   * @throws AbortError when `signal` aborts while still waiting
   */
  request(name: string, signal: AbortSignal, task: () => Promise<void>): Promise<void>;
}

/** The browser's own, or locks within this page where it has none (insecure origins, which cannot call anyway). */
export function browserLocks(): Locks {
  const locks = globalThis.navigator?.locks;
  if (!locks) return new PageLocks();
  return {
    request: async (name, signal, task) => {
      await locks.request(name, { signal }, task);
    },
  };
}

export class PageLocks implements Locks {
  readonly #tails = new Map<string, Promise<void>>();

  async request(name: string, signal: AbortSignal, task: () => Promise<void>): Promise<void> {
    const before = this.#tails.get(name) ?? Promise.resolve();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.#tails.set(
      name,
      before.then(() => held),
    );
    try {
      await before;
      signal.throwIfAborted();
      await task();
    } finally {
      release();
    }
  }
}
