import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { AppError } from '../errors/app-error';
import { actorOf } from './authenticate';

const MINUTE = 60_000;

function limited(windowMs: number, limit: number, keyOf: (request: Request) => string, failuresOnly = false) {
  return rateLimit({
    windowMs,
    limit,
    skipSuccessfulRequests: failuresOnly,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: keyOf,
    handler: (_request, response, next) => {
      const seconds = Number(response.getHeader('retry-after') ?? windowMs / 1000);
      const minutes = Math.max(1, Math.ceil(seconds / 60));
      next(new AppError('rate-limited', `Too many tries. Wait ${minutes} min, then try again.`));
    },
  });
}

const address = (request: Request) => ipKeyGenerator(request.ip ?? '');
const account = (request: Request) =>
  `${address(request)}|${String((request.body as { email?: unknown })?.email ?? '')
    .toLowerCase()
    .slice(0, 254)}`;

/** Wrong passwords: 10 for an account and 100 from an address in a quarter of an hour. Right ones do not count. */
export function signInLimits(): RequestHandler[] {
  return [limited(15 * MINUTE, 10, account, true), limited(15 * MINUTE, 100, address, true)];
}

/** Uploads: 240 a minute for each user, ten times what the busiest dialer sends. */
export function uploadLimit(): RequestHandler {
  return limited(MINUTE, 240, (request) => actorOf(request).userId);
}
