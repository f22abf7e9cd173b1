import { envelopeSchema, type Fact, replaySchema } from '@outdial/contracts';
import type { Page } from '@playwright/test';

/** What the server really told a page about changes, over all its connections: the messages on its WebSockets. */
export class FactTrace {
  /** Where the page began to listen; null until it has been told. */
  startedAt: number | null = null;
  /** In the order in which they came. */
  readonly facts: Fact[] = [];
  /** Connections it has had. */
  connections = 0;
  /** Times it was told that it had missed too much and must ask for everything anew. */
  resets = 0;

  constructor(page: Page) {
    page.on('websocket', (socket) => {
      if (!new URL(socket.url()).pathname.startsWith('/socket.io')) return;
      this.connections++;
      socket.on('framereceived', ({ payload }) => this.#received(String(payload)));
    });
  }

  /** Numbers of the facts of this name, each once. */
  numbersOf(name: Fact['name']): number[] {
    return [...new Set(this.facts.filter((fact) => fact.name === name).map(({ seq }) => seq))];
  }

  /** An event is `42["facts",…]`, an acknowledgement `43<id>[…]` (engine.io 4, socket.io 5). */
  #received(frame: string): void {
    const body = /^4(?:2|3\d+)(\[.*)$/s.exec(frame)?.[1];
    if (!body) return;
    const said = (JSON.parse(body) as unknown[]).at(-1);
    const told = replaySchema.safeParse(said).data ?? envelopeSchema.safeParse(said).data;
    if (!told) return;
    const facts = 'facts' in told ? told.facts : [];
    if (!('facts' in told) && this.startedAt !== null) this.resets++;
    this.startedAt ??= told.seq;
    this.facts.push(...facts);
  }
}
