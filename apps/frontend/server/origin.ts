import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a WebSocket upgrade may pass. Browsers send cookies with upgrades from any page and do not apply CORS to
 * them (RFC 6455 §10.2), so an Origin must be the host that was asked for or the public address. Programs that are
 * not browsers send no Origin, and carry nobody's cookies.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, publicUrl: string | undefined): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const { host: originHost } = new URL(origin);
  return originHost === host || (publicUrl !== undefined && originHost === new URL(publicUrl).host);
}
