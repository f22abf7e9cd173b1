import { CHOOSE_PASSWORD } from '@/config/routes';

const LOOK_MS = 1_000;
let isSigningOut = false;
let isBusy = () => false;
let waiting: ReturnType<typeof setTimeout> | undefined;

/** While this says so, somebody is in a call: the page is not left under them. */
export function stayWhile(busy: () => boolean): void {
  isBusy = busy;
}

/** Leaves for the sign-in page and comes back afterwards. A whole page load: nothing of this user stays in memory. */
export function goToSignIn(): void {
  const { pathname, search } = window.location;
  if (pathname === '/login') return;
  const next = isSigningOut ? '' : `?next=${encodeURIComponent(pathname + search)}`;
  window.location.assign(`/login${next}`);
}

/** Whoever signs out comes back to nothing, also when the news of it is here before the answer to it. */
export function signingOut(isSo: boolean): void {
  isSigningOut = isSo;
}

/** Leaves for the sign-in page once nobody talks any more: an answer of 401 may be about anything, and cuts off no customer. */
export function goToSignInAfterCall(): void {
  clearTimeout(waiting);
  if (isBusy()) waiting = setTimeout(goToSignInAfterCall, LOOK_MS);
  else goToSignIn();
}

/** In a page that was open when this browser signed in with a one-time password. */
export function goToChoosePassword(): void {
  const { pathname, search } = window.location;
  window.location.assign(`${CHOOSE_PASSWORD}?next=${encodeURIComponent(pathname + search)}`);
}

/** Where to go after sign-in: a path of ours, never another site (open redirect). */
export function safeNext(next: string | null | undefined): string | null {
  if (!next?.startsWith('/dashboard')) return null;
  const url = new URL(next, 'http://outdial.invalid');
  return url.host === 'outdial.invalid' && url.pathname.startsWith('/dashboard')
    ? url.pathname + url.search
    : null;
}
