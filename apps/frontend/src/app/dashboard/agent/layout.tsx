import type { ReactNode } from 'react';
import { AgentStatePill } from '@/features/softphone/components/agent-state-pill';
import { PhoneDock } from '@/features/softphone/components/phone-dock';
import { requireRole } from '@/lib/server/session';
import { isSidebarCollapsed } from '@/lib/server/sidebar';
import { TelephonyProvider } from '@/lib/telephony/telephony-provider';
import { DashboardFrame, SignedIn } from '../dashboard-frame';

export default async function AgentLayout({ children }: { children: ReactNode }) {
  const me = await requireRole('agent');
  return (
    <SignedIn me={me}>
      <TelephonyProvider>
        <DashboardFrame
          me={me}
          sidebarCollapsed={await isSidebarCollapsed()}
          headerExtra={<AgentStatePill />}
          dock={<PhoneDock />}
        >
          {children}
        </DashboardFrame>
      </TelephonyProvider>
    </SignedIn>
  );
}
