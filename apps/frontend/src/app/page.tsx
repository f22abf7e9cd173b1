import { redirect } from 'next/navigation';
import { entryOf } from '@/config/routes';
import { getMe } from '@/lib/server/session';

export default async function HomePage() {
  const me = await getMe();
  redirect(me ? entryOf(me, null) : '/login');
}
