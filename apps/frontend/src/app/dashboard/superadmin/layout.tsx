import type { ReactNode } from 'react';
import { SystemNotice } from '@/features/operations/components/system-notice';
import { requireRole } from '@/lib/server/session';
import { isSidebarCollapsed } from '@/lib/server/sidebar';
import { DashboardFrame, SignedIn } from '../dashboard-frame';

export default async function SuperadminLayout({ children }: { children: ReactNode }) {
  const me = await requireRole('superadmin');
  return (
    <SignedIn me={me}>
      <DashboardFrame me={me} sidebarCollapsed={await isSidebarCollapsed()}>
        <SystemNotice />
        {children}
      </DashboardFrame>
    </SignedIn>
  );
}
