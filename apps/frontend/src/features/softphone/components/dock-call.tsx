'use client';

import type { CallState, RecordingState, Workstation } from '@outdial/telephony';
import { CallControls } from '@/components/call/call-controls';
import { PhoneNumber } from '@/components/call/phone-number';
import { RecordingMark } from '@/components/call/recording-mark';
import { StatePill } from '@/components/call/state-pill';
import { agentState } from '@/lib/telephony/agent-state';
import { useDialerState } from '@/lib/telephony/telephony-provider';

interface DockCallProps {
  readonly workstation: Workstation;
  readonly call: CallState;
  readonly recording: RecordingState;
}

export function DockCall({ workstation, call, recording }: DockCallProps) {
  const dialer = useDialerState();
  if (call.name === 'idle' || call.name === 'ended') return null;
  const { phase } = dialer ?? {};
  const lead = phase?.name === 'dialing' || phase?.name === 'talking' ? phase.lead : null;
  return (
    <section aria-label="Call in progress" data-call-state={call.name} className="grid gap-3 border-b p-3">
      <div className="flex items-center justify-between gap-3">
        <div className="min-w-0">
          {lead?.name && <p className="truncate font-medium">{lead.name}</p>}
          <PhoneNumber number={call.destination} className={lead?.name ? 'text-muted' : 'font-medium'} />
        </div>
        <StatePill state={agentState(workstation.getSnapshot(), dialer)} />
      </div>
      <RecordingMark state={recording} />
      <CallControls workstation={workstation} call={call} size="md" withKeys={false} />
    </section>
  );
}
