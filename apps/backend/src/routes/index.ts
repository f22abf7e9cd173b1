import { Router } from 'express';
import type { Controllers } from '../container';
import { authRoutes } from './auth.routes';
import { type BindOptions, binder } from './bind';
import { callsRoutes } from './calls.routes';
import { cdrRoutes } from './cdr.routes';
import { healthRoutes } from './health.routes';
import { meRoutes } from './me.routes';
import { queueRoutes } from './queue.routes';
import { recordingsRoutes } from './recordings.routes';
import { sheetsRoutes } from './sheets.routes';
import { softphoneRoutes } from './softphone.routes';
import { usersRoutes } from './users.routes';

/** Every endpoint of the API on one router. */
export function apiRoutes(controllers: Controllers, options: BindOptions): Router {
  const router = Router();
  const bind = binder(router, options);
  healthRoutes(bind, controllers.health);
  authRoutes(bind, controllers.auth);
  meRoutes(bind, controllers.me);
  usersRoutes(bind, controllers.users);
  softphoneRoutes(bind, controllers.softphone);
  sheetsRoutes(bind, controllers.sheets);
  queueRoutes(bind, controllers.queue);
  callsRoutes(bind, controllers.calls);
  cdrRoutes(bind, controllers.cdr);
  recordingsRoutes(bind, controllers.recordings);
  return router;
}
