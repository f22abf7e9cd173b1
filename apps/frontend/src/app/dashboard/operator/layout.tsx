import type { ReactNode } from 'react';
import { requireRole } from '@/lib/server/session';
import { isSidebarCollapsed } from '@/lib/server/sidebar';
import { DashboardFrame, SignedIn } from '../dashboard-frame';

export default async function OperatorLayout({ children }: { children: ReactNode }) {
  const me = await requireRole('operator');
  return (
    <SignedIn me={me}>
      <DashboardFrame me={me} sidebarCollapsed={await isSidebarCollapsed()}>
        {children}
      </DashboardFrame>
    </SignedIn>
  );
}
