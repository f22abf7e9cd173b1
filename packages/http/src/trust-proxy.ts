import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import proxyAddr from 'proxy-addr';
import { z } from 'zod';

/** Whether the word of an address is believed, `hop` steps before us; Express takes it as its "trust proxy". */
type Trust = (address: string, hop: number) => boolean;

/**
 * Reads a setting that says which proxies in front of a server are believed in X-Forwarded-For: how many (`0` none, `1`
 * whoever connects), or their addresses and subnets, separated by commas; `loopback` is this machine. The names of
 * private ranges are not taken: a visitor from one would choose their own address.
 * @throws TypeError that says what it must be
 */
export function trustOf(setting: string): Trust {
  const text = setting.trim();
  if (/^\d$/.test(text)) return (_address, hop) => hop < Number(text);
  const names = text.split(',').map((name) => name.trim());
  try {
    if (names.every(isNamed)) return proxyAddr.compile(names);
  } catch {
    // Said below.
  }
  throw new TypeError('must be a number of proxies (0 to 9), or addresses separated by commas');
}

/** The setting itself, for whoever reads settings with zod. */
export const trustSchema = z.string().transform((text, context) => {
  try {
    return trustOf(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});

const isNamed = (name: string) => name === 'loopback' || isIP(name.replace(/\/\d+$/, '')) > 0;

/** Makes out the address that a request comes from: X-Forwarded-For counts as far as trusted proxies wrote it. */
export function addressBehind(trust: Trust) {
  // A connection that is gone has no address any more.
  return (request: Pick<IncomingMessage, 'headers' | 'socket'>): string =>
    request.socket.remoteAddress ? proxyAddr(request as IncomingMessage, trust) : '';
}
