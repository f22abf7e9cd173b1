import 'server-only';

import { cookies } from 'next/headers';
import { SIDEBAR_COOKIE } from '@/config/cookies';

/** Whether the viewer left the sidebar narrow. */
export async function isSidebarCollapsed(): Promise<boolean> {
  return (await cookies()).get(SIDEBAR_COOKIE)?.value === 'collapsed';
}
