import { PAGE_STATES, type PageState, type PresenceState } from '@outdial/contracts';
import type { OpenPage } from '../adapters/bus';

/** Whose last page has gone is told to be offline only now: a reload, and a process that stops, are no absence. */
const LINGER_MS = 4_000;

export interface PersonState {
  readonly organizationId: number;
  readonly userId: string;
  readonly teamId: number | null;
  readonly state: PresenceState;
  /** The team that could see the person until now. */
  readonly formerTeamId: number | null;
}

function foremost(states: readonly PageState[]): PageState | undefined {
  return PAGE_STATES.find((state) => states.includes(state));
}

/** Who is there, from the pages they have open: one state a person. Pure but for what it remembers. */
export class PresenceBoard {
  readonly #pages = new Map<string, Map<string, OpenPage>>();
  /** As told, by user; nobody who is offline. */
  readonly #people = new Map<string, PersonState>();
  readonly #changed = new Set<string>();
  /** When people without a page are offline. */
  readonly #leaving = new Map<string, number>();

  put(page: OpenPage): void {
    const pages = this.#pages.get(page.userId) ?? new Map<string, OpenPage>();
    this.#pages.set(page.userId, pages.set(page.id, page));
    this.#leaving.delete(page.userId);
    this.#changed.add(page.userId);
  }

  remove({ userId, id }: OpenPage, now: number): void {
    const pages = this.#pages.get(userId);
    if (!pages?.delete(id)) return;
    this.#changed.add(userId);
    if (pages.size > 0) return;
    this.#pages.delete(userId);
    this.#leaving.set(userId, now + LINGER_MS);
  }

  /** Everyone of an organization who is there, as was told last. */
  of(organizationId: number): PersonState[] {
    return [...this.#people.values()].filter((person) => person.organizationId === organizationId);
  }

  /** What is to be told since this was asked last. */
  changes(now: number): PersonState[] {
    const news = [...this.#changed].flatMap((userId) => this.#look(userId));
    this.#changed.clear();
    for (const [userId, at] of this.#leaving) {
      if (at > now) continue;
      this.#leaving.delete(userId);
      const person = this.#people.get(userId);
      if (this.#people.delete(userId) && person) news.push({ ...person, state: 'offline' });
    }
    return news;
  }

  #look(userId: string): PersonState[] {
    const pages = [...(this.#pages.get(userId)?.values() ?? [])];
    const state = foremost(pages.map((page) => page.state));
    const [page] = pages;
    if (!page || !state) return [];
    const { organizationId, teamId } = page;
    const before = this.#people.get(userId);
    if (before?.state === state && before.teamId === teamId) return [];
    const formerTeamId = before?.teamId ?? teamId;
    this.#people.set(userId, { organizationId, userId, teamId, state, formerTeamId: teamId });
    return [{ organizationId, userId, teamId, state, formerTeamId }];
  }
}
