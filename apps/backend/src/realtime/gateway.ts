import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { type ClientToServer, REALTIME_PATH, type ServerToClient } from '@outdial/contracts';
import { fromNodeHeaders } from 'better-auth/node';
import { Server } from 'socket.io';
import { z } from 'zod';
import type { Bus, BusMessage, RelayedFact } from '../adapters/bus';
import type { Logger } from '../config/logger';
import type { AuthService } from '../services/identity/auth.service';
import type { FactsService } from '../services/platform/facts.service';
import type { Actor } from '../work/actor';
import { RealtimeClient, type RealtimeSocket } from './client';
import { Streams } from './streams';

/** How often the database is asked for facts not heard of, and pages are told where they stand. */
const HEAD_MS = 5_000;
/** The same while other processes cannot be heard. */
const ALONE_MS = 1_000;
/** How often every page's session is looked up again, told or not. */
const RECHECK_MS = 60_000;
/** The same while other processes cannot be heard. */
const RECHECK_ALONE_MS = 4_000;

type Nothing = Record<never, never>;
type RealtimeServer = Server<ClientToServer, ServerToClient, Nothing, { actor: Actor }>;

const seqSchema = z.int().min(0).nullable();

/** The page's own origin only: a browser sends the cookie with a WebSocket from any site. */
function fromOwnOrigin({ headers }: IncomingMessage, allowedOrigins: readonly string[]): boolean {
  const { origin, host } = headers;
  if (origin === undefined || allowedOrigins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** Tells open pages what changed, each what its person may see, and answers what a page has missed. */
export class RealtimeGateway {
  #server: RealtimeServer | null = null;
  readonly #clients = new Map<number, Set<RealtimeClient>>();
  readonly #streams: Streams;
  readonly #unsubscribe: () => void;
  #timer: NodeJS.Timeout | null = null;
  #checkedAt = Date.now();
  #recheckedAt = Date.now();

  constructor(
    private readonly auth: AuthService,
    private readonly facts: FactsService,
    private readonly bus: Bus,
    private readonly logger: Logger,
  ) {
    this.#streams = new Streams(facts, (organizationId, news) => this.#tell(organizationId, news), logger);
    this.#unsubscribe = bus.on((message) => this.#hear(message));
  }

  attach(http: HttpServer, allowedOrigins: readonly string[]): void {
    const server: RealtimeServer = new Server(http, {
      path: REALTIME_PATH,
      serveClient: false,
      // A page's next connection may reach another process, which knows nothing of a polling session.
      transports: ['websocket'],
      maxHttpBufferSize: 10_000,
      allowRequest: (request, decide) => decide(null, fromOwnOrigin(request, allowedOrigins)),
    });
    server.use(async (socket, next) => {
      const actor = await this.#actorOf(socket).catch(() => null);
      if (!actor) return next(new Error('unauthenticated'));
      socket.data.actor = actor;
      next();
    });
    server.on('connection', (socket) => this.#welcome(socket));
    this.#server = server;
    this.#timer = setInterval(() => void this.#tick(), ALONE_MS);
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    if (this.#timer) clearInterval(this.#timer);
    await this.#server?.close();
    this.#server = null;
  }

  #actorOf(socket: RealtimeSocket): Promise<Actor | null> {
    return this.auth.watch(fromNodeHeaders(socket.handshake.headers));
  }

  #welcome(socket: RealtimeSocket): void {
    const { actor } = socket.data;
    const { organizationId } = actor;
    const client = new RealtimeClient(socket, actor);
    const clients = this.#clients.get(organizationId) ?? new Set();
    this.#clients.set(organizationId, clients.add(client));
    socket.on('since', (seq, answer) => {
      const parsed = seqSchema.safeParse(seq);
      if (!parsed.success || typeof answer !== 'function') return;
      this.#answer(client, parsed.data, answer).catch((error: unknown) =>
        // The page asks again when it gets no answer.
        this.logger.warn({ err: error }, 'could not say what a page missed'),
      );
    });
    socket.once('disconnect', () => {
      clients.delete(client);
      if (clients.size > 0) return;
      this.#clients.delete(organizationId);
      this.#streams.leave(organizationId);
    });
  }

  async #answer(client: RealtimeClient, seq: number | null, send: (replay: unknown) => void): Promise<void> {
    const { organizationId } = client.actor;
    client.ask();
    const head = await this.#streams.follow(organizationId);
    const missed = seq === null || seq > head ? null : await this.facts.since(organizationId, seq);
    client.answer(missed, Math.max(head, missed?.at(-1)?.seq ?? 0), send);
  }

  #hear(message: BusMessage): void {
    if (message.kind === 'facts') this.#streams.hear(message.organizationId, message.facts);
    if (message.kind === 'sessions-ended')
      for (const client of this.#all())
        if (message.sessionIds.includes(client.actor.sessionId)) this.#end(client);
    if (message.kind === 'access-changed')
      for (const client of this.#clients.get(message.organizationId) ?? []) void this.#recheck(client);
  }

  #tell(organizationId: number, facts: readonly RelayedFact[]): void {
    for (const client of this.#clients.get(organizationId) ?? []) client.tell(facts);
  }

  #all(): RealtimeClient[] {
    return [...this.#clients.values()].flatMap((clients) => [...clients]);
  }

  async #tick(): Promise<void> {
    const now = Date.now();
    const isAlone = !this.bus.isConnected;
    if (now - this.#checkedAt >= (isAlone ? ALONE_MS : HEAD_MS)) {
      this.#checkedAt = now;
      await this.#streams
        .check()
        .catch((error: unknown) => this.logger.warn({ err: error }, 'no look at the streams'));
      for (const { socket, last } of this.#all()) if (last !== null) socket.emit('head', last);
    }
    if (now - this.#recheckedAt >= (isAlone ? RECHECK_ALONE_MS : RECHECK_MS)) {
      this.#recheckedAt = now;
      for (const client of this.#all()) await this.#recheck(client);
    }
  }

  /** A page whose rights have changed connects anew, and is told by the new ones from then on. */
  async #recheck(client: RealtimeClient): Promise<void> {
    try {
      const actor = await this.#actorOf(client.socket);
      if (!actor) return this.#end(client);
      const isSame = JSON.stringify(actor.scope) === JSON.stringify(client.actor.scope);
      client.actor = actor;
      if (!isSame) client.socket.conn.close();
    } catch (error) {
      this.logger.warn({ err: error }, 'could not check the session of a live connection');
    }
  }

  #end({ socket }: RealtimeClient): void {
    socket.emit('session-ended');
    socket.disconnect(true);
  }
}
