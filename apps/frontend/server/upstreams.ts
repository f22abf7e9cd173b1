import { Agent as HttpAgent, type IncomingMessage, ServerResponse } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import type { ErrorBody } from '@outdial/contracts/core/errors';
import { createProxyServer } from 'httpxy';
import { forwardedFor } from './client-address';
import type { WebEnv } from './env';

/** Waiting for the first byte of an answer; sheets of 100,000 rows are imported in one request. */
const ANSWER_TIMEOUT_MS = 120_000;
const UPGRADE_TIMEOUT_MS = 10_000;
/**
 * Idle connections are let go well before the API closes them (it does after 75 s). One that closes while a request is
 * being put on it loses that request, and a POST must not be sent twice (RFC 9112 §9.3.1).
 */
const IDLE_MS = 30_000;

const UNAVAILABLE: ErrorBody = {
  success: false,
  code: 'unavailable',
  message: 'The server could not be reached. Try again in a moment.',
};

/** Where a path is served, if not by Next; known only at start, hence not Next's rewrites (see the ADR). */
export function upstreamOf(
  url: string | undefined,
  env: Pick<WebEnv, 'API_URL' | 'SIP_UPSTREAM_URL'>,
): string | null {
  const [path = '/'] = (url ?? '/').split('?', 1);
  if (/^\/(api|socket\.io)(\/|$)/.test(path)) return env.API_URL;
  if (path === '/sip') return env.SIP_UPSTREAM_URL ?? null;
  return null;
}

/** Carries requests and WebSockets to the upstreams, unbuffered; a dead upstream is an answer, never a crash. */
export class Upstreams {
  readonly #proxy = createProxyServer({
    proxyTimeout: ANSWER_TIMEOUT_MS,
    upgradeTimeout: UPGRADE_TIMEOUT_MS,
  });
  readonly #sockets = new Set<Socket>();
  readonly #agent: HttpAgent;

  constructor(private readonly env: WebEnv) {
    const Agent = env.API_URL.startsWith('https:') ? HttpsAgent : HttpAgent;
    this.#agent = new Agent({ keepAlive: true, timeout: IDLE_MS });
    this.#proxy.on('error', (_error, _request, response) => {
      if (response instanceof ServerResponse) answerUnavailable(response);
      else if (response) refuseUpgrade(response, '502 Bad Gateway');
    });
    this.#proxy.on('proxyReqWs', (upstreamRequest, _request, socket) => {
      // A browser that vanishes without a FIN must not leave its phone registered at the switch, nor the reverse.
      upstreamRequest.once('upgrade', (_response, upstreamSocket) => {
        socket.once('close', () => upstreamSocket.destroy());
        upstreamSocket.once('close', () => socket.destroy());
      });
    });
  }

  web(request: IncomingMessage, response: ServerResponse, target: string): void {
    this.#forwardedHeaders(request);
    this.#proxy
      .web(request, response, { target, agent: this.#agent })
      .catch(() => answerUnavailable(response));
  }

  upgrade(request: IncomingMessage, socket: Socket, head: Buffer, target: string): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    this.#forwardedHeaders(request);
    const httpTarget = target.replace(/^ws/, 'http');
    this.#proxy
      .ws(request, socket, { target: httpTarget }, head)
      .catch(() => refuseUpgrade(socket, '502 Bad Gateway'));
  }

  /** Ends all WebSockets, which would hold the server open for ever. */
  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #forwardedHeaders(request: IncomingMessage): void {
    const { headers } = request;
    headers['x-forwarded-for'] = forwardedFor(request);
    headers['x-forwarded-host'] ??= headers.host ?? '';
    headers['x-forwarded-proto'] ??= this.env.WEB_URL
      ? new URL(this.env.WEB_URL).protocol.slice(0, -1)
      : 'http';
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

function answerUnavailable(response: ServerResponse): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  response.writeHead(502, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(UNAVAILABLE));
}
