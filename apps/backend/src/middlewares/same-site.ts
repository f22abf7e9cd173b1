import type { RequestHandler } from 'express';
import { AppError } from '../errors/app-error';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses requests that another site makes a signed-in browser send (CSRF), beside the cookie's SameSite=Lax.
 * Browsers tell where a request comes from in Sec-Fetch-Site, older ones in Origin; clients that send neither
 * are no browsers and carry no ambient cookies.
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function sameSiteOnly(allowedOrigins: readonly string[]): RequestHandler {
  const allowed = new Set(allowedOrigins);
  return (request, _response, next) => {
    if (SAFE_METHODS.has(request.method)) return next();
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    if (origin !== undefined && allowed.has(origin)) return next();
    if (site === 'same-origin' || site === 'none') return next();
    if (site === undefined && (origin === undefined || hostOf(origin) === request.headers.host))
      return next();
    return next(new AppError('cross-site-request', 'This request came from another site and was refused.'));
  };
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
