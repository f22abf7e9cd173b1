import { ERRORS, type ErrorCode } from '@outdial/contracts';

/** An error with a stable code and a message that tells the user what to do. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly status: number;

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details?: unknown,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.status = ERRORS[code].status;
  }
}

/** Also what another organization's rows answer with: whether they exist is nobody's business. */
export function notFound(what: string): AppError {
  return new AppError('not-found', `${what} was not found.`);
}
