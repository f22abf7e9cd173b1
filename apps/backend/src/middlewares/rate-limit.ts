import type { Request, Response } from 'express';
import type { Limit, RateLimits } from '../adapters/rate-limits';
import { AppError } from '../errors/app-error';
import type { Actor } from '../work/actor';

const MINUTE = 60;

/** A limit of an endpoint, and what it counts by. */
export interface Limiting {
  readonly limit: Limit;
  readonly keyOf: (request: Request, actor: Actor | null) => string;
  /** Only what fails counts. */
  readonly failuresOnly?: boolean;
}

const address = (request: Request): string => request.ip ?? '';
const account = (request: Request): string =>
  String((request.body as { email?: unknown } | undefined)?.email ?? '')
    .trim()
    .toLowerCase()
    .slice(0, 254);

/**
 * Wrong passwords in a quarter of an hour: 10 for an account from one address, 30 for an account from anywhere (a
 * client may have many addresses), 100 from an address.
 */
export const SIGN_IN_LIMITS: readonly Limiting[] = [
  {
    limit: { name: 'sign-in', points: 10, seconds: 15 * MINUTE },
    keyOf: (request) => `${address(request)}|${account(request)}`,
    failuresOnly: true,
  },
  {
    limit: { name: 'sign-in-account', points: 30, seconds: 15 * MINUTE },
    keyOf: account,
    failuresOnly: true,
  },
  {
    limit: { name: 'sign-in-address', points: 100, seconds: 15 * MINUTE },
    keyOf: address,
    failuresOnly: true,
  },
];

/** Wrong current passwords by who is signed in: 10 in a quarter of an hour. */
export const PASSWORD_LIMIT: Limiting = {
  limit: { name: 'password', points: 10, seconds: 15 * MINUTE },
  keyOf: (_request, actor) => actor?.userId ?? '',
  failuresOnly: true,
};

/** Uploads: 240 a minute for each user, ten times what the busiest dialer sends. */
export const UPLOAD_LIMIT: Limiting = {
  limit: { name: 'upload', points: 240, seconds: MINUTE },
  keyOf: (_request, actor) => actor?.userId ?? '',
};

/** Chunks of recordings: 100 a second for each user, as fast as one line sends them one at a time. */
export const CHUNK_LIMIT: Limiting = {
  limit: { name: 'chunk', points: 6_000, seconds: MINUTE },
  keyOf: (_request, actor) => actor?.userId ?? '',
};

/** @throws AppError `rate-limited`, with how long to wait */
export async function withinLimit(
  limits: RateLimits,
  { limit, keyOf, failuresOnly }: Limiting,
  request: Request,
  response: Response,
  actor: Actor | null,
): Promise<void> {
  const key = keyOf(request, actor);
  const waitMs = await limits.take(limit, key);
  if (waitMs !== null) {
    response.setHeader('retry-after', Math.ceil(waitMs / 1000));
    const minutes = Math.max(1, Math.ceil(waitMs / 60_000));
    throw new AppError('rate-limited', `Too many tries. Wait ${minutes} min, then try again.`);
  }
  if (!failuresOnly) return;
  response.once('finish', () => {
    if (response.statusCode < 400) limits.giveBack(limit, key).catch(() => undefined);
  });
}
