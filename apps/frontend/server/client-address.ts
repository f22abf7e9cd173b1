import type { IncomingMessage } from 'node:http';

/** Makes out the address a request comes from. */
export type AddressOf = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => string;

/**
 * Writes anew who asks, of which host and how. Everything behind (Next, the API, the switch) reads these headers, so
 * nothing that a visitor says of this by themselves goes any further.
 * @param publicUrl what people type; the protocol of a request that a proxy in front has taken is known from it alone
 */
export function introduce(request: IncomingMessage, addressOf: AddressOf, publicUrl = 'http:'): void {
  const { headers } = request;
  headers['x-forwarded-for'] = addressOf(request);
  headers['x-forwarded-host'] = headers.host;
  headers['x-forwarded-proto'] = publicUrl.startsWith('https:') ? 'https' : 'http';
}
