import { Router } from 'express';
import type { Api } from '../container';
import { type BindOptions, binder } from './bind';
import { callsRoutes } from './calls/calls.routes';
import { cdrRoutes } from './calls/cdr.routes';
import { dialingRoutes } from './calls/dialing.routes';
import { recordingChunksRoutes } from './calls/recording-chunks.routes';
import { recordingsRoutes } from './calls/recordings.routes';
import { authRoutes } from './identity/auth.routes';
import { meRoutes } from './identity/me.routes';
import { usersRoutes } from './identity/users.routes';
import { queueRoutes } from './leads/queue.routes';
import { sheetsRoutes } from './leads/sheets.routes';
import { healthRoutes } from './platform/health.routes';
import { settingsRoutes } from './platform/settings.routes';
import { softphoneRoutes } from './telephony/softphone.routes';

/** Every endpoint of the API on one router. */
export function apiRoutes(controllers: Api['controllers'], options: BindOptions): Router {
  const router = Router();
  const bind = binder(router, options);
  healthRoutes(bind, controllers.health);
  settingsRoutes(bind, controllers.settings);
  authRoutes(bind, controllers.auth);
  meRoutes(bind, controllers.me);
  usersRoutes(bind, controllers.users);
  softphoneRoutes(bind, controllers.softphone);
  sheetsRoutes(bind, controllers.sheets);
  queueRoutes(bind, controllers.queue);
  dialingRoutes(bind, controllers.dialing);
  callsRoutes(bind, controllers.calls);
  cdrRoutes(bind, controllers.cdr);
  recordingsRoutes(bind, controllers.recordings);
  recordingChunksRoutes(bind, controllers.recordingChunks);
  return router;
}
