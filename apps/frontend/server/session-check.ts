import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { forwardedFor } from './client-address';

/** Whose session a request carries. `unknown`: the API did not say, which is no reason to believe either. */
export type Visitor =
  | { readonly kind: 'person'; readonly userId: string }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'unknown' };

/** As much of `GET /api/me` as is looked at. */
const answerSchema = z.object({ user: z.object({ id: z.string().min(1) }) });

/**
 * Asks the API whose session the request's cookie is: the page's server cannot tell a live session from an ended one
 * by itself. Never rejects.
 * @param timeoutMs for the whole answer
 */
export async function askWhoIs(
  apiUrl: string,
  request: IncomingMessage,
  timeoutMs: number,
): Promise<Visitor> {
  const { cookie, 'user-agent': userAgent } = request.headers;
  if (!cookie) return { kind: 'nobody' };
  try {
    const answer = await fetch(new URL('/api/me', apiUrl), {
      headers: {
        cookie,
        'x-forwarded-for': forwardedFor(request),
        ...(userAgent && { 'user-agent': userAgent }),
      },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const body: unknown = await answer.json();
    if (answer.status === 401) return { kind: 'nobody' };
    if (!answer.ok) return { kind: 'unknown' };
    return { kind: 'person', userId: answerSchema.parse(body).user.id };
  } catch {
    return { kind: 'unknown' };
  }
}
