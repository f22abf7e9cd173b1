import type { ErrorBody } from '@outdial/contracts';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { MulterError } from 'multer';
import type { Logger } from '../config/logger';
import { AppError, notFound } from '../errors/app-error';

const DATABASE_AWAY =
  /pool timeout|ECONNREFUSED|ECONNRESET|P1001|P1017|P2024|socket has unexpectedly been closed/i;

/** Errors of the libraries on the way in, in our words. */
function asAppError(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (error instanceof MulterError)
    return error.code === 'LIMIT_FILE_SIZE'
      ? new AppError('payload-too-large', 'The file is too large.')
      : new AppError('validation', 'The upload is not as it should be: one file and its fields.');
  const { type, message = '', code = '' } = error as { type?: string; message?: string; code?: string };
  if (type === 'entity.too.large') return new AppError('payload-too-large', 'The request is too large.');
  if (type === 'entity.parse.failed') return new AppError('validation', 'The body must be JSON.');
  if (type === 'charset.unsupported' || type === 'encoding.unsupported')
    return new AppError('validation', 'The body must be JSON in UTF-8.');
  if (/Malformed part header|Unexpected end of form|Multipart: Boundary/i.test(message))
    return new AppError('validation', 'The upload was cut off. Send it again.');
  if (error instanceof URIError) return notFound('This page');
  if (DATABASE_AWAY.test(`${code} ${message}`))
    return new AppError('unavailable', 'The database is away. Try again in a moment.', undefined, {
      cause: error,
    });
  return null;
}

/** The last handler: every error leaves through here, with a stable code and nothing from inside. */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const known = asAppError(error);
    const answer =
      known ?? new AppError('internal', 'Something went wrong on our side. Try again in a moment.');
    if (answer.status >= 500) (request.log ?? logger).error({ err: known?.cause ?? error }, 'request failed');
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
