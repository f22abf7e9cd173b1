import { randomUUID } from 'node:crypto';
import type { PageState } from '@outdial/contracts';
import type { Bus, BusMessage, OpenPage } from '../adapters/bus';
import { type PersonState, PresenceBoard } from './presence-board';

/** How long changes are gathered before they are told, to other processes and to pages. */
const GATHER_MS = 100;
/** How often each process says that it lives. */
const BEACON_MS = 2_000;
/** The pages of a process that was not heard of for so long are gone. */
const LEASE_MS = 7_000;

interface OtherProcess {
  /** How many changes it had told when its pages were as here. */
  turn: number;
  heardAt: number;
  readonly pages: Map<string, OpenPage>;
}

type PresenceMessage = Extract<BusMessage, { kind: 'presence' }>;

/**
 * Who is there, over all API processes. Each tells the others of its own pages: what changed, and every two seconds that
 * it lives. Its words are counted, so that one that was lost is noticed and all of it asked for. A process that dies is
 * silent, and its pages are gone with it. While others cannot be heard nobody is taken for gone whose page is not here.
 */
export class Presence {
  readonly #process: string = randomUUID();
  readonly #board = new PresenceBoard();
  readonly #own = new Map<string, OpenPage>();
  readonly #others = new Map<string, OtherProcess>();
  /** Own pages to be told of; null for one that has gone. */
  readonly #news = new Map<string, OpenPage | null>();
  #turn = 0;
  #toldAt = 0;
  /** Somebody does not know all of it. */
  #isAsked = true;
  /** Since when others are heard; null while they are not. */
  #hearingSince: number | null = null;
  #timer: NodeJS.Timeout | null = null;

  /** @param tell hears of changes within one organization */
  constructor(
    private readonly bus: Bus,
    private readonly tell: (organizationId: number, changes: readonly PersonState[]) => void,
    private readonly now: () => number = Date.now,
  ) {}

  start(): void {
    this.#timer = setInterval(() => this.tick(), GATHER_MS);
  }

  /** Tells the others that no page is here any more. */
  close(): void {
    if (!this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = null;
    this.#own.clear();
    this.#tellAll();
  }

  /** A page of this process has come, or is in another state. */
  put(page: OpenPage): void {
    this.#own.set(page.id, page);
    this.#news.set(page.id, page);
    this.#board.put(page);
  }

  setState(id: string, state: PageState): void {
    const page = this.#own.get(id);
    if (page && page.state !== state) this.put({ ...page, state });
  }

  leave(id: string): void {
    const page = this.#own.get(id);
    if (!page) return;
    this.#own.delete(id);
    this.#news.set(id, null);
    this.#board.remove(page, this.now());
  }

  /** Everyone of the organization who is there. */
  of(organizationId: number): PersonState[] {
    return this.#board.of(organizationId);
  }

  hear(message: BusMessage): void {
    if (message.kind === 'presence-asked' && [null, this.#process].includes(message.process))
      this.#isAsked = true;
    if (message.kind === 'presence' && message.process !== this.#process) this.#follow(message);
  }

  tick(): void {
    const now = this.now();
    if (!this.bus.isConnected) this.#hearingSince = null;
    else if (this.#hearingSince === null) this.#beginToHear(now);
    if (this.#isAsked) this.#tellAll();
    else if (this.#news.size > 0 || now - this.#toldAt >= BEACON_MS) this.#tellNews();
    this.#endLeases(now);
    const changes = this.#board.changes(now);
    for (const id of new Set(changes.map(({ organizationId }) => organizationId)))
      this.tell(
        id,
        changes.filter(({ organizationId }) => organizationId === id),
      );
  }

  #beginToHear(now: number): void {
    this.#hearingSince = now;
    this.#isAsked = true;
    this.bus.publish({ kind: 'presence-asked', process: null });
  }

  #tellAll(): void {
    this.#isAsked = false;
    this.#turn += 1;
    this.#publish({ whole: true, pages: [...this.#own.values()], gone: [] });
  }

  #tellNews(): void {
    if (this.#news.size > 0) this.#turn += 1;
    const gone = [...this.#news].flatMap(([id, page]) => (page ? [] : [id]));
    const pages = [...this.#news.values()].filter((page) => page !== null);
    this.#publish({ whole: false, pages, gone });
  }

  #publish(news: Pick<PresenceMessage, 'whole' | 'pages' | 'gone'>): void {
    this.#news.clear();
    this.#toldAt = this.now();
    this.bus.publish({ kind: 'presence', process: this.#process, turn: this.#turn, ...news });
  }

  #follow({ process, turn, whole, pages, gone }: PresenceMessage): void {
    const other = this.#others.get(process);
    if (other) other.heardAt = this.now();
    if (whole) {
      const known = other ?? { turn, heardAt: this.now(), pages: new Map<string, OpenPage>() };
      const present = new Set(pages.map(({ id }) => id));
      this.#apply(
        known,
        pages,
        [...known.pages.keys()].filter((id) => !present.has(id)),
      );
      known.turn = turn;
      this.#others.set(process, known);
      return;
    }
    const hasNews = pages.length + gone.length > 0;
    if (other && turn === other.turn + (hasNews ? 1 : 0)) {
      other.turn = turn;
      this.#apply(other, pages, gone);
    } else this.bus.publish({ kind: 'presence-asked', process });
  }

  #apply(other: OtherProcess, pages: readonly OpenPage[], gone: readonly string[]): void {
    for (const id of gone) {
      const page = other.pages.get(id);
      if (other.pages.delete(id) && page) this.#board.remove(page, this.now());
    }
    for (const page of pages) {
      other.pages.set(page.id, page);
      this.#board.put(page);
    }
  }

  #endLeases(now: number): void {
    if (this.#hearingSince === null || now - this.#hearingSince < LEASE_MS) return;
    for (const [process, other] of this.#others) {
      if (now - other.heardAt < LEASE_MS) continue;
      this.#others.delete(process);
      this.#apply(other, [], [...other.pages.keys()]);
    }
  }
}
