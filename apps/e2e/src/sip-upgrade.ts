import { type IncomingHttpHeaders, request } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Session } from './outdial';

/** What became of a WebSocket handshake on `/sip`. */
export interface Upgrade {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Resolves when the connection has ended, whoever ended it. */
  readonly closed: Promise<void>;
  readonly close: () => void;
}

export const cookieOf = ({ cookie }: Session) => ({ cookie: `${cookie.name}=${cookie.value}` });

/** Asks for a connection to the switch as a program would (RFC 6455 §4.1), and then says nothing on it. */
export function upgradeSip(webUrl: string, headers: Readonly<Record<string, string>> = {}): Promise<Upgrade> {
  return new Promise((resolve, reject) => {
    const asking = request(`${webUrl}/sip`, {
      // A connection of its own.
      agent: false,
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': Buffer.from('outdial-e2e-test').toString('base64'),
        'sec-websocket-protocol': 'sip',
        ...headers,
      },
    });
    const settle = (socket: Duplex, status: number, answered: IncomingHttpHeaders) => {
      socket.on('error', () => socket.destroy());
      const closed = new Promise<void>((done) => socket.once('close', () => done()));
      resolve({ status, headers: answered, closed, close: () => socket.destroy() });
    };
    asking.on('upgrade', (response, socket) => {
      socket.resume();
      settle(socket, response.statusCode ?? 0, response.headers);
    });
    asking.on('response', (response) => {
      settle(response.socket, response.statusCode ?? 0, response.headers);
      response.resume();
    });
    asking.on('error', reject);
    asking.end();
  });
}
