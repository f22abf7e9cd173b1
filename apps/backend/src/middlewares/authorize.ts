import type { Endpoint } from '@outdial/contracts';
import type { Request } from 'express';
import { AppError } from '../errors/app-error';
import type { AuthService } from '../services/identity/auth.service';
import type { Actor } from '../work/actor';
import { authHeaders } from './headers';

/**
 * Who asks, if the endpoint lets them in.
 * @returns null where anyone may ask
 * @throws AppError `unauthenticated` without a live session, `password-change-required` with a one-time password,
 *   `forbidden` without the permission
 */
export async function authorize(
  auth: AuthService,
  { access, withOneTimePassword }: Pick<Endpoint, 'access' | 'withOneTimePassword'>,
  request: Request,
): Promise<Actor | null> {
  if (access === 'public') return null;
  const actor = await auth.authenticate(authHeaders(request));
  if (!actor) throw new AppError('unauthenticated', 'Sign in first.');
  if (actor.mustChoosePassword && !withOneTimePassword)
    throw new AppError('password-change-required', 'Choose a password of your own first.');
  if (access !== 'signed-in' && !actor.permissions.has(access))
    throw new AppError('forbidden', 'Your role may not do this. Ask a manager or a superadmin.');
  return actor;
}
