import { ERRORS, type ErrorBody } from '@outdial/contracts';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { MulterError } from 'multer';
import type { Logger } from '../config/logger';
import { AppError, notFound } from '../errors/app-error';
import { isDatabaseAway } from '../errors/database-away';
import { isStorageFull } from '../errors/storage-full';

/** What Express's body parser fails with (http-errors), by its `type`. */
const BODY_ERRORS: Readonly<Record<string, AppError>> = {
  'entity.too.large': new AppError('payload-too-large', 'The request is too large.'),
  'entity.parse.failed': new AppError('validation', 'The body must be JSON.'),
  'charset.unsupported': new AppError('validation', 'The body must be JSON in UTF-8.'),
  'encoding.unsupported': new AppError('validation', 'The body must be JSON in UTF-8.'),
};

const CUT_OFF = /Malformed part header|Unexpected end of form|Multipart: Boundary/i;

/** Errors of the libraries on the way in, in our words. */
function asAppError(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (error instanceof MulterError)
    return error.code === 'LIMIT_FILE_SIZE'
      ? new AppError('payload-too-large', 'The file is too large.')
      : new AppError('validation', 'The upload is not as it should be: one file and its fields.');
  if (error instanceof URIError) return notFound('This page');
  if (isDatabaseAway(error))
    return new AppError('unavailable', 'The database is away. Try again in a moment.', undefined, {
      cause: error,
    });
  if (isStorageFull(error))
    return new AppError('storage-full', 'The server has no space left for files.', undefined, {
      cause: error,
    });
  const { type = '', message = '', status } = error as { type?: string; message?: string; status?: number };
  if (BODY_ERRORS[type]) return BODY_ERRORS[type];
  if (CUT_OFF.test(message)) return new AppError('validation', 'The upload was cut off. Send it again.');
  // Whatever else the body parser calls the client's fault, like a body that is not compressed as it says.
  return status === 400 ? new AppError('validation', 'The body could not be read.') : null;
}

/** The last handler: every error leaves through here, with a stable code and nothing from inside. */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const known = asAppError(error);
    const answer =
      known ?? new AppError('internal', 'Something went wrong on our side. Try again in a moment.');
    const { level } = ERRORS[answer.code];
    if (level !== 'info') (request.log ?? logger)[level]({ err: known?.cause ?? error }, 'request failed');
    if (response.headersSent) return next(error);
    const body: ErrorBody = {
      success: false,
      code: answer.code,
      message: answer.message,
      ...(answer.details !== undefined && { details: answer.details }),
    };
    response.status(answer.status).json(body);
  };
}

/** For every path that is no endpoint. */
export const noSuchEndpoint: RequestHandler = () => {
  throw notFound('This address');
};
