import 'server-only';

import { ApiError, createClient, endpoints, type Me, type Role } from '@outdial/contracts';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { CHOOSE_PASSWORD, dashboardOf } from '@/config/routes';
import { apiUrl } from './env';

/** The API with the visitor's own cookie; asked over the private network, not through the page's origin. */
const serverApi = cache(async () => {
  const incoming = await headers();
  const forwarded = ['cookie', 'user-agent', 'x-forwarded-for'].flatMap((name) => {
    const value = incoming.get(name);
    return value ? [[name, value] as const] : [];
  });
  return createClient({
    baseUrl: `${apiUrl()}/api`,
    headers: Object.fromEntries(forwarded),
    fetch: (input, init) => fetch(input, { ...init, cache: 'no-store' }),
  });
});

/** Who is signed in, or null; asked once a request. */
export const getMe = cache(async (): Promise<Me | null> => {
  const call = await serverApi();
  try {
    return await call(endpoints.me.show, {});
  } catch (error) {
    if (error instanceof ApiError && error.code === 'unauthenticated') return null;
    throw error;
  }
});

/**
 * The guard of a role's pages: others are sent to their own dashboard, strangers to the sign-in page, and who has a
 * one-time password to choose another.
 */
export async function requireRole(role: Role): Promise<Me> {
  const me = await getMe();
  if (!me) redirect('/login');
  if (me.mustChoosePassword) redirect(CHOOSE_PASSWORD);
  if (me.user.role !== role) redirect(dashboardOf(me.user.role));
  return me;
}
