const SHEET_ERROR_CODES = [
  'empty-file',
  'file-too-large',
  'too-many-rows',
  'too-many-columns',
  'not-a-sheet',
  'password-protected',
  'no-rows',
  'no-such-sheet',
  'no-phone-column',
  'unknown-encoding',
  'corrupt',
  'took-too-long',
  'not-read',
  'worker-failed',
] as const;

export type SheetErrorCode = (typeof SHEET_ERROR_CODES)[number];

/** A sheet that cannot be used. `code` is stable; `message` tells the user what to do. */
export class SheetError extends Error {
  override readonly name = 'SheetError';

  constructor(
    readonly code: SheetErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
