import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import type { Socket } from 'node:net';

/** Most that a request's first line and headers may have together, in bytes; Node's own figure, said aloud. */
const HEAD_BYTES = 16_384;

/** All in ms, save sockets. */
interface Bounds {
  /** From the connection, or the first byte of a later request, to the end of the head. */
  readonly headersTimeout: number;
  /** To the end of its body. */
  readonly requestTimeout: number;
  /** How often the two are looked at. */
  readonly connectionsCheckingInterval: number;
  readonly maxConnections: number;
}

const BOUNDS: Bounds = {
  headersTimeout: 15_000,
  // The recording of an hour has 30 MB: it arrives at 20 kB a second.
  requestTimeout: 30 * 60_000,
  connectionsCheckingInterval: 5_000,
  // A page holds two for good, the switch takes 2048 phones, and the rest is for what comes and goes.
  maxConnections: 8_192,
};

/** Longer than any proxy in front keeps an idle connection, so that none sends into a closing one. */
const KEEP_ALIVE_MS = 75_000;

const REFUSALS: Readonly<Record<string, readonly [status: string, words: string]>> = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'The head of this request is longer than 16 kB. In a browser, delete the cookies of this site and try again.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'This request took too long to arrive. Try again.'],
};
const UNREADABLE = ['400 Bad Request', 'This is no request that can be read.'] as const;

/**
 * A server whose sockets nobody holds for nothing: a request's head arrives within seconds, its body within half an
 * hour, and there are only so many. What cannot be read as HTTP is answered in words.
 */
export function createBoundedServer(listener?: RequestListener, bounds: Partial<Bounds> = {}): Server {
  const { maxConnections, ...times } = { ...BOUNDS, ...bounds };
  const options: ServerOptions = { ...times, maxHeaderSize: HEAD_BYTES, keepAliveTimeout: KEEP_ALIVE_MS };
  const server = createServer(options, listener);
  server.maxConnections = maxConnections;
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const [status, words] = REFUSALS[error.code ?? ''] ?? UNREADABLE;
    if (!socket.writable || error.code === 'ECONNRESET') return socket.destroy();
    const head = [
      `HTTP/1.1 ${status}`,
      'Connection: close',
      'Content-Type: text/plain; charset=utf-8',
      `Content-Length: ${words.length}`,
    ];
    // Without waiting for the other side to close, too: it may never.
    socket.end(`${head.join('\r\n')}\r\n\r\n${words}`, () => socket.destroy());
  });
  return server;
}
