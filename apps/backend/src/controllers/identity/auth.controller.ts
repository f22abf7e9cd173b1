import type { endpoints } from '@outdial/contracts';
import type { Response } from 'express';
import { authHeaders } from '../../middlewares/headers';
import type { AuthService } from '../../services/identity/auth.service';
import type { MeService } from '../../services/identity/me.service';
import type { Input } from '../handler';

type Auth = typeof endpoints.auth;

const OK = { success: true } as const;

const setCookies = (response: Response, cookies: string[]) => response.append('set-cookie', cookies);

export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly me: MeService,
  ) {}

  signIn = async ({ body, request, response }: Input<Auth['signIn']>) => {
    const { actor, cookies } = await this.auth.signIn(body.email, body.password, authHeaders(request));
    setCookies(response, cookies);
    return this.me.show(actor);
  };

  signOut = async ({ actor, request, response }: Input<Auth['signOut']>) => {
    setCookies(response, await this.auth.signOut(actor, authHeaders(request)));
    return OK;
  };

  listSessions = async ({ actor }: Input<Auth['listSessions']>) => ({
    items: await this.auth.listSessions(actor),
  });

  revokeSession = async ({ actor, params }: Input<Auth['revokeSession']>) => {
    await this.auth.revokeSession(actor, params.sessionId);
    return OK;
  };

  revokeOtherSessions = async ({ actor }: Input<Auth['revokeOtherSessions']>) => {
    await this.auth.revokeOtherSessions(actor);
    return OK;
  };
}
