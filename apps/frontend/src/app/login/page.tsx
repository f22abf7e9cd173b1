import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Logo } from '@/components/layout/logo';
import { dashboardOf } from '@/config/routes';
import { LoginForm } from '@/features/auth/components/login-form';
import { isDemo } from '@/lib/server/env';
import { getMe } from '@/lib/server/session';
import { safeNext } from '@/lib/sign-in-page';

export const metadata: Metadata = { title: 'Sign in' };

const DEMO_ACCOUNTS = ['agent1@outdial.test', 'manager@outdial.test', 'superadmin@outdial.test'];

interface LoginPageProps {
  readonly searchParams: Promise<{ next?: string | string[] }>;
}

export default async function LoginPage({ searchParams }: LoginPageProps) {
  const { next } = await searchParams;
  const wanted = safeNext(typeof next === 'string' ? next : null);
  // The form must be there also while the API is not: it says so when it is sent.
  const me = await getMe().catch(() => null);
  if (me) redirect(wanted ?? dashboardOf(me.user.role));
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-88">
        <div className="mb-6 flex items-center gap-3">
          <Logo className="size-9" />
          <div>
            <h1 className="text-lg leading-tight font-semibold tracking-tight">Sign in to Outdial</h1>
            <p className="text-muted">The call centre in your browser.</p>
          </div>
        </div>
        <div className="rounded-lg border bg-surface p-5">
          <LoginForm next={wanted} />
        </div>
        {isDemo() && (
          <section
            aria-label="Demo accounts"
            className="mt-4 rounded-lg border border-dashed p-4 text-xs text-muted"
          >
            <p>
              Demo accounts, all with password{' '}
              <code className="font-medium text-foreground">outdial-demo</code>:
            </p>
            <ul className="mt-1.5 grid gap-0.5">
              {DEMO_ACCOUNTS.map((email) => (
                <li key={email}>
                  <code className="text-foreground">{email}</code>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </main>
  );
}
