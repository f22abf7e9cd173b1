import type { Endpoint } from '@outdial/contracts';
import type { RequestHandler, Router } from 'express';
import type { Handler } from '../controllers/handler';
import { AppError } from '../errors/app-error';
import { authorize } from '../middlewares/authenticate';
import { uploadLimit } from '../middlewares/rate-limit';
import { receiveFile, uploadedFile } from '../middlewares/upload';
import { validate } from '../middlewares/validate';
import type { AuthService } from '../services/identity/auth.service';
import type { UploadedFile } from '../services/leads/sheets.service';

export interface BindOptions {
  readonly auth: AuthService;
  readonly temporaryFolder: string;
  /** Parse what is sent against the response schema too; on outside production. */
  readonly checkResponses: boolean;
}

export type Bind = <E extends Endpoint>(
  endpoint: E,
  handler: Handler<E>,
  ...before: RequestHandler[]
) => void;

function requireFile(endpoint: Endpoint, file: UploadedFile | null): void {
  if (!endpoint.file?.required || file) return;
  throw new AppError('validation', `Send a file in the field "${endpoint.file.field}".`);
}

/**
 * Binds endpoints to a router. The order is fixed here for all of them: permission, limits, upload, validation,
 * controller, answer.
 */
export function binder(router: Router, { auth, temporaryFolder, checkResponses }: BindOptions): Bind {
  return (endpoint, handler, ...before) => {
    const chain = [authorize(auth, endpoint.access), ...before];
    if (endpoint.file) chain.push(uploadLimit(), receiveFile(endpoint.file, temporaryFolder));
    chain.push(async (request, response) => {
      const file = uploadedFile(request);
      const parsed = validate(endpoint, request);
      requireFile(endpoint, file);
      const body = await handler({ ...parsed, file, request, response } as Parameters<typeof handler>[0]);
      if (endpoint.produces) return;
      if (checkResponses) endpoint.response?.parse(body);
      response.status(endpoint.status).json(body);
    });
    router[endpoint.method](endpoint.path, ...chain);
  };
}
