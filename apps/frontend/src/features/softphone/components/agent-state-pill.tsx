'use client';

import { usePathname } from 'next/navigation';
import { StatePill } from '@/components/call/state-pill';
import { isWorkspace } from '@/config/routes';
import { agentState } from '@/lib/telephony/agent-state';
import { useDialerState, useWorkstationState } from '@/lib/telephony/telephony-provider';

/** In the header of every agent's page but the workspace, which shows it large. */
export function AgentStatePill() {
  const state = agentState(useWorkstationState(), useDialerState());
  if (isWorkspace(usePathname())) return null;
  return <StatePill state={state} />;
}
