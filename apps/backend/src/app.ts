import compression from 'compression';
import cors from 'cors';
import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Env } from './config/env';
import type { Logger } from './config/logger';
import type { Api } from './container';
import { errorHandler, noSuchEndpoint } from './middlewares/error-handler';
import { requestLog } from './middlewares/request-log';
import { sameSiteOnly } from './middlewares/same-site';
import { apiRoutes } from './routes/index';
import { docsRoutes } from './routes/platform/docs.routes';
import { QUEUE_BOARD_PATH, queueBoardRoutes } from './routes/queue-board.routes';

const VERSION = '0.1.0';

/** The HTTP application: the order of what a request goes through. */
export function createApp(api: Api, env: Env, logger: Logger): Express {
  const app = express();
  app.set('trust proxy', env.API_TRUST_PROXY);
  app.set('query parser', 'simple');
  app.use(requestLog(logger));
  app.use(helmet({ contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"] } } }));
  app.use(cors({ origin: [...env.CORS_ORIGINS], credentials: true }));
  app.use(compression());
  app.use('/api/docs', docsRoutes(VERSION));
  app.use(sameSiteOnly([env.WEB_URL, ...env.CORS_ORIGINS].map((url) => new URL(url).origin)));
  app.use(express.json({ limit: '100kb' }));
  app.use(QUEUE_BOARD_PATH, queueBoardRoutes(api.auth, api.queueBoard));
  const routes = apiRoutes(api.controllers, {
    auth: api.auth,
    limits: api.limits,
    incomingFolder: api.incoming.path,
    checkResponses: env.NODE_ENV !== 'production',
  });
  app.use(['/api/v1', '/api'], routes);
  app.use(noSuchEndpoint);
  app.use(errorHandler(logger));
  return app;
}
