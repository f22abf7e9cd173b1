import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Rotation } from './rotation';

/** Whose session a request carries. `unknown`: the API did not say, which is no reason to believe either. */
export type Visitor =
  | { readonly kind: 'person'; readonly userId: string; readonly sessionId: string }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'unknown' };

/** As much of `GET /api/me` as is looked at. */
const answerSchema = z.object({
  user: z.object({ id: z.string().min(1) }),
  session: z.object({ id: z.string().min(1) }),
});

/**
 * Asks the API whose session the request's cookie is: the page's server cannot tell a live session from an ended one
 * by itself. Never rejects.
 * @param timeoutMs for the whole answer, from whichever address it comes
 */
export async function askWhoIs(
  apis: Rotation,
  request: IncomingMessage,
  timeoutMs: number,
): Promise<Visitor> {
  const { cookie, 'user-agent': userAgent, 'x-forwarded-for': address } = request.headers;
  if (!cookie) return { kind: 'nobody' };
  const headers = {
    cookie,
    ...(address && { 'x-forwarded-for': String(address) }),
    ...(userAgent && { 'user-agent': userAgent }),
  };
  const signal = AbortSignal.timeout(timeoutMs);
  for (const address of apis.inTurn()) {
    try {
      return await ask(address, headers, signal);
    } catch (error) {
      // `fetch` throws a TypeError when the network is at fault: the question can be put to another.
      if (signal.aborted || !(error instanceof TypeError)) break;
      apis.rest(address);
    }
  }
  return { kind: 'unknown' };
}

/** @throws when there is no answer, or one that says nothing */
async function ask(address: string, headers: Record<string, string>, signal: AbortSignal): Promise<Visitor> {
  const answer = await fetch(new URL('/api/me', address), { headers, redirect: 'error', signal });
  const body: unknown = await answer.json();
  if (answer.status === 401) return { kind: 'nobody' };
  if (!answer.ok) return { kind: 'unknown' };
  const { user, session } = answerSchema.parse(body);
  return { kind: 'person', userId: user.id, sessionId: session.id };
}
