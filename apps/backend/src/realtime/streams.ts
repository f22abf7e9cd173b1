import type { RelayedFact } from '../adapters/bus';
import type { Logger } from '../config/logger';
import type { FactsService } from '../services/platform/facts.service';

/**
 * The facts of the organizations whose pages are connected here, in order and without gaps. What the relay published
 * and this process did not hear is read from the database: a lost message costs seconds, no fact.
 */
export class Streams {
  /** The last number known here, by organization. */
  readonly #heads = new Map<number, number>();
  readonly #catchingUp = new Map<number, Promise<void>>();

  constructor(
    private readonly facts: FactsService,
    private readonly tell: (organizationId: number, facts: readonly RelayedFact[]) => void,
    private readonly logger: Logger,
  ) {}

  /**
   * Begins to follow an organization.
   * @param heard the number that a page has heard elsewhere: what this process does not know yet is read
   * @returns where the stream stands; before `heard` only if there is no such number
   */
  async follow(organizationId: number, heard = 0): Promise<number> {
    const known = this.#heads.get(organizationId);
    if (known !== undefined && known >= heard) return known;
    if (known !== undefined) {
      // One that is under way may have looked before there was such a number.
      await this.#catchingUp.get(organizationId);
      await this.#catchUp(organizationId);
      return this.#heads.get(organizationId) ?? known;
    }
    const head = (await this.facts.heads([organizationId])).get(organizationId) ?? 0;
    const now = Math.max(head, this.#heads.get(organizationId) ?? 0);
    this.#heads.set(organizationId, now);
    return now;
  }

  leave(organizationId: number): void {
    this.#heads.delete(organizationId);
  }

  /** What the relay has just published. */
  hear(organizationId: number, facts: readonly RelayedFact[]): void {
    const head = this.#heads.get(organizationId);
    if (head === undefined) return;
    const news = facts.filter(({ seq }) => seq > head);
    const [first] = news;
    if (!first) return;
    if (first.seq === head + 1 && !this.#catchingUp.has(organizationId)) this.#pass(organizationId, news);
    else void this.#catchUp(organizationId);
  }

  /** Asks the database whether anything was not heard of. */
  async check(): Promise<void> {
    const heads = await this.facts.heads([...this.#heads.keys()]);
    const behind = [...heads].filter(([id, head]) => head > (this.#heads.get(id) ?? head));
    await Promise.all(behind.map(([id]) => this.#catchUp(id)));
  }

  #pass(organizationId: number, facts: readonly RelayedFact[]): void {
    this.#heads.set(organizationId, facts.at(-1)?.seq ?? 0);
    this.tell(organizationId, facts);
  }

  #catchUp(organizationId: number): Promise<void> {
    const running = this.#catchingUp.get(organizationId);
    if (running) return running;
    const catching = this.#read(organizationId)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'could not read missed facts'))
      .finally(() => this.#catchingUp.delete(organizationId));
    this.#catchingUp.set(organizationId, catching);
    return catching;
  }

  async #read(organizationId: number): Promise<void> {
    for (;;) {
      const head = this.#heads.get(organizationId);
      if (head === undefined) return;
      const missed = await this.facts.since(organizationId, head);
      if (missed?.length === 0) return;
      if (missed) this.#pass(organizationId, missed);
      else await this.#skip(organizationId);
    }
  }

  /** Too far behind: pages notice by their own numbers and ask anew. */
  async #skip(organizationId: number): Promise<void> {
    const head = (await this.facts.heads([organizationId])).get(organizationId) ?? 0;
    this.#heads.set(organizationId, head);
  }
}
