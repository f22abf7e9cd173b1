import { redirect } from 'next/navigation';
import { dashboardOf } from '@/config/routes';
import { getMe } from '@/lib/server/session';

export default async function HomePage() {
  const me = await getMe();
  redirect(me ? dashboardOf(me.user.role) : '/login');
}
