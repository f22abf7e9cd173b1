import { endpoints } from '@outdial/contracts';
import type { AuthController } from '../../controllers/identity/auth.controller';
import { SIGN_IN_LIMITS } from '../../middlewares/rate-limit';
import type { Bind } from '../bind';

export function authRoutes(bind: Bind, controller: AuthController): void {
  bind(endpoints.auth.signIn, controller.signIn, SIGN_IN_LIMITS);
  bind(endpoints.auth.signOut, controller.signOut);
  bind(endpoints.auth.listSessions, controller.listSessions);
  bind(endpoints.auth.revokeSession, controller.revokeSession);
  bind(endpoints.auth.revokeOtherSessions, controller.revokeOtherSessions);
}
