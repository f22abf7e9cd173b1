import { createBullBoard } from '@bull-board/api';
import { ExpressAdapter } from '@bull-board/express';
import { Router } from 'express';
import helmet from 'helmet';
import type { QueueBoard } from '../adapters/queue-board';
import { notFound } from '../errors/app-error';
import { authorize } from '../middlewares/authorize';
import type { AuthService } from '../services/identity/auth.service';

export const QUEUE_BOARD_PATH = '/api/jobs';

/** The queue for operators: bull-board, read only. To everyone else it is not there. */
export function queueBoardRoutes(auth: AuthService, board: QueueBoard): Router {
  const serverAdapter = new ExpressAdapter();
  serverAdapter.setBasePath(QUEUE_BOARD_PATH);
  createBullBoard({ queues: [...board.adapters], serverAdapter });
  const router = Router();
  router.use(async (request, _response, next) => {
    await authorize(auth, 'job:read', request).catch(() => {
      throw notFound('This address');
    });
    next();
  });
  router.use(
    helmet.contentSecurityPolicy({
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // It asks for a font elsewhere, and does without.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        frameAncestors: ["'none'"],
      },
    }),
  );
  router.use(serverAdapter.getRouter() as Router);
  return router;
}
