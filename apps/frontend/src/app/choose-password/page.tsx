import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { FrontDoor } from '@/components/layout/front-door';
import { dashboardOf } from '@/config/routes';
import { ChoosePassword } from '@/features/auth/components/choose-password';
import { getMe } from '@/lib/server/session';
import { safeNext } from '@/lib/sign-in-page';

export const metadata: Metadata = { title: 'Choose your password' };

interface ChoosePasswordPageProps {
  readonly searchParams: Promise<{ next?: string | string[] }>;
}

/** Where who signed in with a one-time password is led to; the server lets them do nothing else. */
export default async function ChoosePasswordPage({ searchParams }: ChoosePasswordPageProps) {
  const { next } = await searchParams;
  const me = await getMe();
  if (!me) redirect('/login');
  const wanted = safeNext(typeof next === 'string' ? next : null) ?? dashboardOf(me.user.role);
  if (!me.mustChoosePassword) redirect(wanted);
  return (
    <FrontDoor
      title="Choose your password"
      description={`Welcome, ${me.user.name}. The one-time password has served.`}
    >
      <ChoosePassword email={me.user.email} next={wanted} />
    </FrontDoor>
  );
}
