import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { REALTIME_PATH, type ServerEvent } from '@outdial/contracts';
import { fromNodeHeaders } from 'better-auth/node';
import { Server, type Socket } from 'socket.io';
import type { Audience, EventBus } from '../adapters/event-bus';
import type { Logger } from '../config/logger';
import type { AuthService } from '../services/identity/auth.service';
import type { Actor } from '../work/actor';

/** How often a connection's session is looked up again, so that a revoked one does not go on listening. */
const RECHECK_MS = 60_000;

interface ServerToClient {
  event(event: ServerEvent): void;
}

type Nothing = Record<never, never>;
type RealtimeServer = Server<Nothing, ServerToClient, Nothing, { actor: Actor }>;
type Client = Socket<Nothing, ServerToClient, Nothing, { actor: Actor }>;

function roomOf(audience: Audience): string {
  switch (audience.kind) {
    case 'user':
      return `user:${audience.userId}`;
    case 'session':
      return `session:${audience.sessionId}`;
    case 'floor':
      return `floor:${audience.organizationId}`;
  }
}

/** The page's own origin only: a browser sends the cookie with a WebSocket from any site. */
function fromOwnOrigin({ headers }: IncomingMessage, allowedOrigins: readonly string[]): boolean {
  const { origin, host } = headers;
  if (origin === undefined || allowedOrigins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** Tells open pages what changed. Pages only listen; what they want to say goes through the API. */
export class RealtimeGateway implements EventBus {
  #server: RealtimeServer | null = null;

  constructor(private readonly logger: Logger) {}

  attach(http: HttpServer, auth: AuthService, allowedOrigins: readonly string[]): void {
    const server: RealtimeServer = new Server(http, {
      path: REALTIME_PATH,
      serveClient: false,
      maxHttpBufferSize: 10_000,
      allowRequest: (request, decide) => decide(null, fromOwnOrigin(request, allowedOrigins)),
    });
    server.use(async (socket, next) => {
      const actor = await auth.authenticate(fromNodeHeaders(socket.handshake.headers)).catch(() => null);
      if (!actor) return next(new Error('unauthenticated'));
      socket.data.actor = actor;
      next();
    });
    server.on('connection', (socket) => this.#welcome(socket, auth));
    this.#server = server;
  }

  /** In its own turn: the answer to whoever brought it about goes out first. */
  publish(audience: Audience, event: ServerEvent): void {
    setImmediate(() => this.#send(audience, event));
  }

  async close(): Promise<void> {
    await this.#server?.close();
    this.#server = null;
  }

  #send(audience: Audience, event: ServerEvent): void {
    const room = roomOf(audience);
    this.#server?.to(room).emit('event', event);
    if (event.name === 'session-ended') this.#server?.in(room).disconnectSockets(true);
  }

  #welcome(socket: Client, auth: AuthService): void {
    const { actor } = socket.data;
    const rooms: Audience[] = [
      { kind: 'user', userId: actor.userId },
      { kind: 'session', sessionId: actor.sessionId },
    ];
    if (actor.permissions.has('call:read-organization'))
      rooms.push({ kind: 'floor', organizationId: actor.organizationId });
    void socket.join(rooms.map(roomOf));
    const recheck = setInterval(() => void this.#recheck(socket, auth), RECHECK_MS);
    socket.once('disconnect', () => clearInterval(recheck));
  }

  async #recheck(socket: Client, auth: AuthService): Promise<void> {
    try {
      if (await auth.authenticate(fromNodeHeaders(socket.handshake.headers))) return;
      socket.emit('event', { name: 'session-ended' });
      socket.disconnect(true);
    } catch (error) {
      this.logger.warn({ err: error }, 'could not check the session of a live connection');
    }
  }
}
