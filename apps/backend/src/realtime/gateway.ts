import type { Server as HttpServer, IncomingMessage } from 'node:http';
import {
  browserIdSchema,
  type ClientToServer,
  pageStateSchema,
  REALTIME_PATH,
  type ServerToClient,
} from '@outdial/contracts';
import { fromNodeHeaders } from 'better-auth/node';
import { Server } from 'socket.io';
import { z } from 'zod';
import type { Bus, BusMessage } from '../adapters/bus';
import type { Logger } from '../config/logger';
import type { HeartbeatsService } from '../services/calls/heartbeats.service';
import type { AuthService } from '../services/identity/auth.service';
import type { FactsService } from '../services/platform/facts.service';
import type { Actor } from '../work/actor';
import { RealtimeClient, type RealtimeSocket } from './client';
import { Presence } from './presence';
import { Streams } from './streams';
import { isSameSight } from './visibility';

/** How often the database is asked for facts not heard of, and pages are told where they stand. */
const HEAD_MS = 5_000;
/** The same while other processes cannot be heard. */
const ALONE_MS = 1_000;
/** How often every page's session is looked up again, told or not. */
const RECHECK_MS = 60_000;
/** The same while other processes cannot be heard. */
const RECHECK_ALONE_MS = 4_000;
/** A page whose computer or network has gone says no goodbye: it is missed after the two together. */
const PING_EVERY_MS = 5_000;
const PONG_WITHIN_MS = 7_000;

type Nothing = Record<never, never>;
type RealtimeServer = Server<ClientToServer, ServerToClient, Nothing, { actor: Actor }>;

const seqSchema = z.int().min(0).nullable();

/** The page's own origin only: a browser sends the cookie with a WebSocket from any site. */
function fromOwnOrigin({ headers }: IncomingMessage, allowedOrigins: readonly string[]): boolean {
  const { origin, host } = headers;
  if (origin === undefined || allowedOrigins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/**
 * Tells open pages what changed and who is there, each what its person may see; answers what a page has missed; hears
 * what its person is doing and which call goes on.
 */
export class RealtimeGateway {
  #server: RealtimeServer | null = null;
  readonly #clients = new Map<number, Set<RealtimeClient>>();
  readonly #streams: Streams;
  readonly #presence: Presence;
  readonly #unsubscribe: () => void;
  #timer: NodeJS.Timeout | null = null;
  #checkedAt = Date.now();
  #recheckedAt = Date.now();

  constructor(
    private readonly auth: AuthService,
    private readonly facts: FactsService,
    private readonly heartbeats: HeartbeatsService,
    private readonly bus: Bus,
    private readonly logger: Logger,
  ) {
    this.#streams = new Streams(
      facts,
      (organizationId, news) => {
        for (const client of this.#of(organizationId)) client.tell(news);
      },
      logger,
    );
    this.#presence = new Presence(bus, (organizationId, changes) => {
      for (const client of this.#of(organizationId)) client.tellOf(changes);
    });
    this.#unsubscribe = bus.on((message) => this.#hear(message));
  }

  attach(http: HttpServer, allowedOrigins: readonly string[]): void {
    const server: RealtimeServer = new Server(http, {
      path: REALTIME_PATH,
      serveClient: false,
      // A page's next connection may reach another process, which knows nothing of a polling session.
      transports: ['websocket'],
      maxHttpBufferSize: 10_000,
      pingInterval: PING_EVERY_MS,
      pingTimeout: PONG_WITHIN_MS,
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
    this.#presence.start();
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    if (this.#timer) clearInterval(this.#timer);
    await this.#server?.close();
    this.#server = null;
    this.#presence.close();
    await this.heartbeats.flush();
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
    client.welcome(this.#presence.of(organizationId));
    const { userId, agent } = actor;
    const teamId = agent?.teamId ?? null;
    this.#presence.put({ id: socket.id, organizationId, userId, teamId, state: 'online' });
    this.#listen(client);
    socket.once('disconnect', () => {
      this.#presence.leave(socket.id);
      clients.delete(client);
      if (clients.size > 0) return;
      this.#clients.delete(organizationId);
      this.#streams.leave(organizationId);
    });
  }

  #listen(client: RealtimeClient): void {
    const { socket } = client;
    // Without an answer the page says it again.
    const warn = (error: unknown) => this.logger.warn({ err: error }, 'a page got no answer');
    socket.on('since', (seq, answer) => {
      const parsed = seqSchema.safeParse(seq);
      if (!parsed.success || typeof answer !== 'function') return;
      this.#answer(client, parsed.data, answer).catch(warn);
    });
    socket.on('state', (state) => {
      const parsed = pageStateSchema.safeParse(state);
      if (parsed.success) this.#presence.setState(socket.id, parsed.data);
    });
    socket.on('call-alive', (callId, answer) => {
      const parsed = browserIdSchema.safeParse(callId);
      if (!parsed.success || typeof answer !== 'function') return;
      this.heartbeats.beat(client.actor, parsed.data).then(answer, warn);
    });
  }

  async #answer(client: RealtimeClient, seq: number | null, send: (replay: unknown) => void): Promise<void> {
    const { organizationId } = client.actor;
    client.ask();
    const head = await this.#streams.follow(organizationId, seq ?? 0);
    const missed = seq === null || seq > head ? null : await this.facts.since(organizationId, seq);
    client.answer(missed, Math.max(head, missed?.at(-1)?.seq ?? 0), send);
  }

  #hear(message: BusMessage): void {
    if (message.kind === 'facts') this.#streams.hear(message.organizationId, message.facts);
    if (message.kind === 'sessions-ended')
      for (const client of this.#all())
        if (message.sessionIds.includes(client.actor.sessionId)) this.#end(client);
    if (message.kind === 'access-changed')
      for (const client of this.#of(message.organizationId)) void this.#recheck(client);
    this.#presence.hear(message);
  }

  #of(organizationId: number): Iterable<RealtimeClient> {
    return this.#clients.get(organizationId) ?? [];
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
      const isSame = isSameSight(actor, client.actor);
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
