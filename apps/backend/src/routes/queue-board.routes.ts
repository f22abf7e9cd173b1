import { createBullBoard } from '@bull-board/api';
import { ExpressAdapter } from '@bull-board/express';
import { Router } from 'express';
import type { QueueBoard } from '../adapters/queue-board';
import { AppError, notFound } from '../errors/app-error';
import { authorize } from '../middlewares/authorize';
import { pagePolicy } from '../middlewares/page-policy';
import type { AuthService } from '../services/identity/auth.service';

export const QUEUE_BOARD_PATH = '/api/jobs';

/** The queue for operators: bull-board, read only. To everyone else it is not there. */
export function queueBoardRoutes(auth: AuthService, board: QueueBoard): Router {
  const serverAdapter = new ExpressAdapter();
  serverAdapter.setBasePath(QUEUE_BOARD_PATH);
  createBullBoard({ queues: [...board.adapters], serverAdapter });
  const router = Router();
  router.use(async (request, _response, next) => {
    await authorize(auth, { access: 'job:read' }, request).catch((error: unknown) => {
      // Who may not see it is not told of it; a fault of ours is told as such.
      throw error instanceof AppError ? notFound('This address') : error;
    });
    next();
  });
  // It asks for a font elsewhere, and does without.
  router.use(pagePolicy());
  router.use(serverAdapter.getRouter() as Router);
  return router;
}
