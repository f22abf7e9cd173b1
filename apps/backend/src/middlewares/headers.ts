import { fromNodeHeaders } from 'better-auth/node';
import type { Request } from 'express';
import { CLIENT_IP_HEADER } from '../adapters/auth-library';

const MAX_USER_AGENT = 500;

/** The request's headers for the sign-in library, with the address Express made out behind the proxies. */
export function authHeaders(request: Request): Headers {
  const headers = fromNodeHeaders(request.headers);
  headers.set(CLIENT_IP_HEADER, request.ip ?? '');
  // As much as there is room for: what a client calls itself must not keep anyone from signing in.
  headers.set('user-agent', (request.get('user-agent') ?? '').slice(0, MAX_USER_AGENT));
  return headers;
}
