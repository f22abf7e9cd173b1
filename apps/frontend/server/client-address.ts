import type { IncomingMessage } from 'node:http';
import proxyAddr from 'proxy-addr';

type Request = Pick<IncomingMessage, 'headers' | 'socket'>;

/** Makes out the address a request comes from. */
export type AddressOf = (request: Request) => string;

/**
 * Reads `TRUST_PROXY` as the API's Express does, with the same library: X-Forwarded-For counts as far as it was written
 * by the named proxies, so a visitor who sends one of their own is still known by the address they have.
 * @throws TypeError when a name is neither an address nor `loopback`, `linklocal` or `uniquelocal`
 */
export function addressBehind(trustProxy: string): AddressOf {
  const trust = proxyAddr.compile(trustProxy.split(',').map((name) => name.trim()));
  // A connection that is gone has no address any more.
  return (request) => (request.socket.remoteAddress ? proxyAddr(request as IncomingMessage, trust) : '');
}

/** X-Forwarded-For for the next server: what came, and who brought it. */
export function forwardedFor({ headers, socket }: Request): string {
  const before = headers['x-forwarded-for'];
  const client = socket.remoteAddress ?? '';
  return before ? `${String(before)}, ${client}` : client;
}
