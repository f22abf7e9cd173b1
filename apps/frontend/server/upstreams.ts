import type { Agent, IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ErrorBody } from '@outdial/contracts/core/errors';
import { createProxyServer } from 'httpxy';
import { agentWith, connectedAgent, NeverConnected, openWith } from './connections';
import type { WebEnv } from './env';
import { Rotation } from './rotation';

/** Waiting for the first byte of an answer; sheets of 100,000 rows are imported in one request. */
const ANSWER_TIMEOUT_MS = 120_000;
const UPGRADE_TIMEOUT_MS = 10_000;

const UNAVAILABLE: ErrorBody = {
  success: false,
  code: 'unavailable',
  message: 'The server could not be reached. Try again in a moment.',
};

type Upstream = 'api' | 'sip';

/** Where a path is served, if not by Next; known only at start, hence not Next's rewrites (see the ADR). */
export function upstreamOf(url: string | undefined, env: Pick<WebEnv, 'SIP_UPSTREAM_URL'>): Upstream | null {
  const [path = '/'] = (url ?? '/').split('?', 1);
  if (/^\/(api|socket\.io)(\/|$)/.test(path)) return 'api';
  return path === '/sip' && env.SIP_UPSTREAM_URL ? 'sip' : null;
}

/**
 * Carries requests and WebSockets to the upstreams, unbuffered; a dead upstream is an answer, never a crash. Where there
 * are several of a kind, the next one gets what one did not take.
 */
export class Upstreams {
  /** No listener for its `error`: each promise says itself what became of its request. */
  readonly #proxy = createProxyServer({
    proxyTimeout: ANSWER_TIMEOUT_MS,
    upgradeTimeout: UPGRADE_TIMEOUT_MS,
  });
  readonly #sockets = new Set<Socket>();
  readonly #agents = new Map<string, Agent>();
  readonly #rotations: Readonly<Record<Upstream, Rotation>>;

  constructor({ SIP_UPSTREAM_URL }: Pick<WebEnv, 'SIP_UPSTREAM_URL'>, apis: Rotation) {
    const sip = SIP_UPSTREAM_URL?.replace(/^ws/, 'http');
    this.#rotations = { api: apis, sip: new Rotation(sip ? [sip] : []) };
    for (const { addresses } of Object.values(this.#rotations))
      for (const address of addresses) this.#agents.set(address, connectedAgent(address));
    this.#proxy.on('proxyReqWs', (upstreamRequest, _request, socket) => {
      // A browser that vanishes without a FIN must not leave its phone registered at the switch, nor the reverse.
      upstreamRequest.once('upgrade', (_response, upstreamSocket) => {
        socket.once('close', () => upstreamSocket.destroy());
        upstreamSocket.once('close', () => socket.destroy());
      });
    });
  }

  /**
   * Carries a request as it is. Another address gets it when the first did not take the connection, or when the request
   * may be sent twice and no answer has begun (RFC 9110 §9.2.2, RFC 9112 §9.3.1). Never rejects.
   */
  async web(request: IncomingMessage, response: ServerResponse, upstream: Upstream): Promise<void> {
    const giveUpAt = performance.now() + ANSWER_TIMEOUT_MS;
    for (const target of this.#rotations[upstream].inTurn()) {
      try {
        return await this.#proxy.web(request, response, { target, agent: this.#agentOf(target) });
      } catch (error) {
        if (error instanceof NeverConnected) this.#rotations[upstream].rest(target);
        else if (!mayRepeat(request) || performance.now() >= giveUpAt) break;
        if (response.headersSent || response.destroyed) break;
      }
    }
    answerUnavailable(request, response);
  }

  /** Never rejects. */
  async upgrade(request: IncomingMessage, socket: Socket, head: Buffer, upstream: Upstream): Promise<void> {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    // httpxy ends the visitor's socket when the upstream fails; so it gets a connection that stands.
    const way = await this.#connect(this.#rotations[upstream]);
    if (!way) return refuseUpgrade(socket, '502 Bad Gateway');
    const { target, connection } = way;
    if (socket.destroyed) return void connection.destroy();
    await this.#proxy
      .ws(request, socket, { target, agent: agentWith(connection, target) }, head)
      .catch(() => refuseUpgrade(socket, '502 Bad Gateway'));
  }

  /** Ends all WebSockets, which would hold the server open for ever. */
  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async #connect(rotation: Rotation): Promise<{ target: string; connection: Socket } | null> {
    for (const target of rotation.inTurn()) {
      try {
        return { target, connection: await openWith(this.#agentOf(target), target) };
      } catch {
        rotation.rest(target);
      }
    }
    return null;
  }

  #agentOf(target: string): Agent {
    const agent = this.#agents.get(target);
    if (!agent) throw new Error(`Not an upstream: ${target}`);
    return agent;
  }
}

/** Answers an upgrade with a plain HTTP refusal and closes, without waiting for the other side to close too. */
export function refuseUpgrade(socket: Socket, status: string): void {
  if (socket.destroyed || !socket.writable) return;
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}

/** Answers a plain request to the switch, which gets WebSockets only: each request would hold one of its connections. */
export function answerUpgradeRequired(response: ServerResponse): void {
  response.writeHead(426, { upgrade: 'websocket', connection: 'close', 'content-type': 'text/plain' });
  response.end('SIP over WebSocket only\n');
}

/** Whether a request that was lost may be sent again: it asks only, and has no body that is gone. */
function mayRepeat({ method, headers }: IncomingMessage): boolean {
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  return (method === 'GET' || method === 'HEAD') && !hasBody;
}

function answerUnavailable(request: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  response.writeHead(502, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    // The rest of a body that nobody reads would stand before the next request (RFC 9112 §9.3).
    ...(!request.complete && { connection: 'close' }),
  });
  response.end(JSON.stringify(UNAVAILABLE));
  request.resume();
}
