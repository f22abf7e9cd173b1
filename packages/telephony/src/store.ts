/** Stops a subscription; safe to call twice. */
export type Unsubscribe = () => void;

/** What React's `useSyncExternalStore` needs: the same reference until something changed. */
export interface Readable<T> {
  getSnapshot(): T;
  subscribe(listener: () => void): Unsubscribe;
}

type Watcher<T> = (next: T, previous: T) => void;

/**
 * One value and those who watch it.
 *
 * Watchers see every change once and in order, also when one of them changes the value again: the second
 * change is told after the first has reached everybody.
 */
export class Store<T> implements Readable<T> {
  #value: T;
  #listeners = new Set<() => void>();
  #watchers = new Set<Watcher<T>>();
  #untold: { next: T; previous: T }[] = [];
  #telling = false;

  constructor(initial: T) {
    this.#value = initial;
  }

  /** Bound, so that it can be handed over as it is. */
  readonly getSnapshot = (): T => this.#value;

  readonly subscribe = (listener: () => void): Unsubscribe => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Like `subscribe`, with the value before and after. */
  watch(watcher: Watcher<T>): Unsubscribe {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  set(next: T): void {
    if (Object.is(next, this.#value)) return;
    this.#untold.push({ next, previous: this.#value });
    this.#value = next;
    if (this.#telling) return;
    this.#telling = true;
    try {
      for (let change = this.#untold.shift(); change; change = this.#untold.shift()) {
        for (const watcher of [...this.#watchers]) watcher(change.next, change.previous);
        for (const listener of [...this.#listeners]) listener();
      }
    } finally {
      this.#telling = false;
    }
  }
}

/** For the `default` of a switch over a union: does not compile while a case is missing. */
export function assertUnreachable(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
