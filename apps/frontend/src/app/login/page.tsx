import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { FrontDoor } from '@/components/layout/front-door';
import { entryOf } from '@/config/routes';
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
  if (me) redirect(entryOf(me, wanted));
  return (
    <FrontDoor
      title="Sign in to Outdial"
      description="The call centre in your browser."
      footer={isDemo() && <DemoAccounts />}
    >
      <LoginForm next={wanted} />
    </FrontDoor>
  );
}

function DemoAccounts() {
  return (
    <section
      aria-label="Demo accounts"
      className="mt-4 rounded-lg border border-dashed p-4 text-xs text-muted"
    >
      <p>
        Demo accounts, all with password <code className="font-medium text-foreground">outdial-demo</code>:
      </p>
      <ul className="mt-1.5 grid gap-0.5">
        {DEMO_ACCOUNTS.map((email) => (
          <li key={email}>
            <code className="text-foreground">{email}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
