import { fromNodeHeaders } from 'better-auth/node';
import type { Request } from 'express';
import { CLIENT_IP_HEADER } from '../adapters/auth-library';

/** The request's headers for the sign-in library, with the address Express made out behind the proxies. */
export function authHeaders(request: Request): Headers {
  const headers = fromNodeHeaders(request.headers);
  headers.set(CLIENT_IP_HEADER, request.ip ?? '');
  return headers;
}
