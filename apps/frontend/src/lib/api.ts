import { ApiError, createClient } from '@outdial/contracts/core/client';

/** The API on the page's own origin; the cookie goes along by itself. */
export const api = createClient({ baseUrl: '/api' });

/** What to tell a person about anything that was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  if (error instanceof Error && error.name !== 'ZodError') return error.message;
  return 'Something went wrong. Try again.';
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'unauthenticated';
}

export function isPasswordDue(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'password-change-required';
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'not-found';
}
