'use client';

import type { Workstation, WorkstationSnapshot } from '@outdial/telephony';
import { Notice } from '@/components/ui/notice';
import { registrationWords } from '@/lib/telephony/registration-words';
import { ManualDial } from './manual-dial';
import { MicrophoneSettings } from './microphone-settings';
import { UploadsWaiting } from './uploads-waiting';

interface DockPanelProps {
  readonly workstation: Workstation | null;
  readonly state: WorkstationSnapshot | null;
}

/** What the dock shows when opened. */
export function DockPanel({ workstation, state }: DockPanelProps) {
  if (!workstation || !state) return <p className="text-muted">The phone is being loaded.</p>;
  const { tone, detail } = registrationWords(state.registration);
  return (
    <div className="grid gap-4">
      {detail && <Notice tone={tone}>{detail} It is tried again by itself.</Notice>}
      <ManualDial workstation={workstation} state={state} />
      <MicrophoneSettings workstation={workstation} microphone={state.microphone} />
      <UploadsWaiting workstation={workstation} outbox={state.outbox} />
    </div>
  );
}
