import { beforeEach, expect, it, vi } from 'vitest';

/** A tab: its sessionStorage, and the page that is open in it. */
class Tab {
  readonly #values: Map<string, string>;
  readonly #listeners = new Map<string, () => void>();

  constructor(values: Iterable<[string, string]> = []) {
    this.#values = new Map(values);
  }

  /** What the browser does when a tab is duplicated. */
  duplicate = () => new Tab(this.#values);

  leave = () => this.#listeners.get('pagehide')?.();

  /** Loads the module anew, as a page load does, and asks for the tab's name. */
  async load(): Promise<string> {
    vi.resetModules();
    const { tabSessionId } = await import('./tab-session');
    const storage = {
      getItem: (key: string) => this.#values.get(key) ?? null,
      setItem: (key: string, value: string) => void this.#values.set(key, value),
      removeItem: (key: string) => void this.#values.delete(key),
    };
    return tabSessionId({
      sessionStorage: storage as unknown as Storage,
      addEventListener: (name: string, listener: () => void) => void this.#listeners.set(name, listener),
    } as unknown as Window);
  }
}

let tab: Tab;
beforeEach(() => {
  tab = new Tab();
});

it('keeps its name over a reload', async () => {
  const name = await tab.load();
  tab.leave();
  expect(await tab.load()).toBe(name);
});

it('does not share it with a tab that was duplicated from it', async () => {
  const name = await tab.load();
  expect(await tab.duplicate().load()).not.toBe(name);
});
