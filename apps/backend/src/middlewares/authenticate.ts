import type { Access } from '@outdial/contracts';
import type { Request, RequestHandler } from 'express';
import { AppError } from '../errors/app-error';
import type { AuthService } from '../services/identity/auth.service';
import type { Actor } from '../work/actor';
import { authHeaders } from './headers';

const actors = new WeakMap<Request, Actor>();

/** The user of an authenticated request. */
export function actorOf(request: Request): Actor {
  const actor = actors.get(request);
  if (!actor) throw new Error(`${request.path} is handled without a signed-in user.`);
  return actor;
}

/** Lets in who is signed in and holds the permission the endpoint declares. */
export function authorize(auth: AuthService, access: Access): RequestHandler {
  return async (request, _response, next) => {
    if (access === 'public') return next();
    const actor = await auth.authenticate(authHeaders(request));
    if (!actor) throw new AppError('unauthenticated', 'Sign in first.');
    if (access !== 'signed-in' && !actor.permissions.has(access))
      throw new AppError('forbidden', 'Your role may not do this. Ask a manager or a superadmin.');
    actors.set(request, actor);
    next();
  };
}
