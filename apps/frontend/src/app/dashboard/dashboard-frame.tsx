'use client';

import type { Me } from '@outdial/contracts';
import type { ReactNode } from 'react';
import { AppShell } from '@/components/layout/app-shell';
import { NAVIGATION } from '@/config/navigation';
import { UserMenu } from '@/features/auth/components/user-menu';
import { MeProvider } from '@/lib/me';
import { RealtimeProvider } from '@/lib/realtime/realtime-provider';

interface DashboardFrameProps {
  readonly me: Me;
  readonly sidebarCollapsed: boolean;
  readonly headerExtra?: ReactNode;
  readonly dock?: ReactNode;
  readonly children: ReactNode;
}

/** Shell, user menu and live connection of a role's pages. */
export function DashboardFrame({ me, sidebarCollapsed, headerExtra, dock, children }: DashboardFrameProps) {
  return (
    <AppShell
      items={NAVIGATION[me.user.role]}
      organization={me.organization.name}
      initiallyCollapsed={sidebarCollapsed}
      userMenu={(collapsed) => <UserMenu collapsed={collapsed} />}
      headerExtra={headerExtra}
      dock={dock}
    >
      {children}
    </AppShell>
  );
}

export function SignedIn({ me, children }: { me: Me; children: ReactNode }) {
  return (
    <MeProvider me={me}>
      <RealtimeProvider>{children}</RealtimeProvider>
    </MeProvider>
  );
}
