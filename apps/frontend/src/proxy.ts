import { type NextRequest, NextResponse } from 'next/server';

const SESSION_COOKIES = ['outdial.session_token', '__Secure-outdial.session_token'];

/**
 * Runs before every page: sets the Content-Security-Policy with a nonce of its own for each request, and spares
 * visitors without a session cookie the way to a page they cannot see. Whether the cookie is worth anything is
 * decided by the layouts, which ask the API.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const hasCookie = SESSION_COOKIES.some((name) => request.cookies.has(name));
  if (!hasCookie && pathname.startsWith('/dashboard')) {
    const login = request.nextUrl.clone();
    login.pathname = '/login';
    login.search = `?next=${encodeURIComponent(pathname + search)}`;
    return NextResponse.redirect(login);
  }
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce, socketsFor(request), process.env.NODE_ENV === 'development');
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

const HOST = /^[a-z0-9.\-[\]:]+$/i;

/** Where a page may open WebSockets: to us, since not every browser takes `'self'` for that, and to the SIP server. */
function socketsFor(request: NextRequest): string[] {
  const host = request.headers.get('host') ?? '';
  const own = HOST.test(host) ? [`ws://${host}`, `wss://${host}`] : [];
  const phones = process.env.SIP_WS_URL;
  return phones ? [...own, new URL(phones).origin] : own;
}

/** @see https://www.w3.org/TR/CSP3/ */
function contentSecurityPolicy(nonce: string, sockets: readonly string[], development: boolean): string {
  return [
    "default-src 'self'",
    // React's development build evaluates code to rebuild server stacks.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    // Rendered style attributes (progress, virtual rows) cannot carry a nonce.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    ['connect-src', "'self'", ...sockets].join(' '),
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export const config = {
  matcher: [
    {
      source: '/((?!_next/static|_next/image|icon.svg).*)',
      missing: [
        { type: 'header', key: 'next-router-prefetch' },
        { type: 'header', key: 'purpose', value: 'prefetch' },
      ],
    },
  ],
};
