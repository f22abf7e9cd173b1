import type { Endpoint } from '@outdial/contracts';
import type { Request, Router } from 'express';
import type { RateLimits } from '../adapters/rate-limits';
import type { UploadedFile } from '../adapters/uploaded-file';
import type { Handler } from '../controllers/handler';
import { AppError } from '../errors/app-error';
import { authorize } from '../middlewares/authorize';
import { bytesReceiver } from '../middlewares/bytes';
import { CHUNK_LIMIT, type Limiting, UPLOAD_LIMIT, withinLimit } from '../middlewares/rate-limit';
import { fileReceiver } from '../middlewares/upload';
import { validate } from '../middlewares/validate';
import type { AuthService } from '../services/identity/auth.service';
import { inRequest } from '../work/request-context';

export interface BindOptions {
  readonly auth: AuthService;
  readonly limits: RateLimits;
  /** Where uploads arrive. */
  readonly incomingFolder: string;
  /** Parse what is sent against the response schema too; on outside production. */
  readonly checkResponses: boolean;
}

export type Bind = <E extends Endpoint>(
  endpoint: E,
  handler: Handler<E>,
  limitings?: readonly Limiting[],
) => void;

function requireFile(endpoint: Endpoint, file: UploadedFile | null): void {
  if (!endpoint.file?.required || file) return;
  throw new AppError('validation', `Send a file in the field "${endpoint.file.field}".`);
}

const contextOf = (request: Request) => ({ requestId: String(request.id), address: request.ip ?? '' });

/**
 * Binds endpoints to a router. The order is fixed here for all of them: permission, limits, upload, validation,
 * controller, answer.
 */
export function binder(router: Router, { auth, limits, incomingFolder, checkResponses }: BindOptions): Bind {
  return (endpoint, handler, limitings = []) => {
    const all = [
      ...limitings,
      ...(endpoint.file ? [UPLOAD_LIMIT] : []),
      ...(endpoint.bytes ? [CHUNK_LIMIT] : []),
    ];
    const receive = endpoint.file && fileReceiver(endpoint.file, incomingFolder);
    const receiveBytes = endpoint.bytes && bytesReceiver(endpoint.bytes.maxBytes);
    router[endpoint.method](endpoint.path, async (request, response) => {
      // A browser asks again each time: what one person saw is not the next one's (RFC 9111 §5.2.2.4).
      response.setHeader('cache-control', 'private, no-cache');
      const actor = await authorize(auth, endpoint, request);
      for (const limiting of all) await withinLimit(limits, limiting, request, response, actor);
      const file = receive ? await receive(request, response) : null;
      const bytes = receiveBytes ? await receiveBytes(request, response) : null;
      const parsed = validate(endpoint, request);
      requireFile(endpoint, file);
      const input = { ...parsed, actor, file, bytes, request, response } as Parameters<typeof handler>[0];
      const body = await inRequest(contextOf(request), () => handler(input));
      if (endpoint.produces) return;
      if (checkResponses) endpoint.response?.parse(body);
      if (endpoint.response) response.status(endpoint.status).json(body);
      else response.status(endpoint.status).end();
    });
  };
}
