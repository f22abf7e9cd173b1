'use client';

import type { MicrophoneState, Workstation } from '@outdial/telephony';
import { Mic, MicOff } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { microphoneCleanup, setMicrophoneCleanup } from '@/lib/telephony/microphone-preference';
import { AudioChoice } from './audio-choice';
import { MicrophoneLevel } from './microphone-level';

interface MicrophoneSettingsProps {
  readonly workstation: Workstation;
  readonly microphone: MicrophoneState;
}

/** What the microphone is doing, and the way out when it is not. */
export function MicrophoneSettings({ workstation, microphone }: MicrophoneSettingsProps) {
  // Why it failed is in the state, not in the rejection.
  const ask = () => void workstation.prepare().catch(() => undefined);
  return (
    <section aria-label="Microphone" className="grid gap-2 text-xs">
      {microphone.state === 'problem' && (
        <Notice
          tone="error"
          icon={MicOff}
          action={
            <Button size="sm" onClick={ask}>
              Try again
            </Button>
          }
        >
          {microphone.message}
        </Notice>
      )}
      {microphone.state === 'off' && (
        <div className="flex items-center justify-between gap-3">
          <p className="text-muted">Your browser asks for the microphone at the first call.</p>
          <Button size="sm" onClick={ask}>
            <Mic />
            Allow now
          </Button>
        </div>
      )}
      {microphone.state === 'asking' && <p>Your browser asks for the microphone. Choose “Allow”.</p>}
      {microphone.state === 'ready' && (
        <div className="flex items-center gap-3">
          <Mic aria-hidden="true" className="size-4 shrink-0 text-muted" />
          <span className="min-w-0 flex-1 truncate text-muted" title={microphone.label}>
            {microphone.label || 'Microphone'}
          </span>
          <MicrophoneLevel workstation={workstation} />
        </div>
      )}
      {workstation.audioDevices && <AudioChoice devices={workstation.audioDevices} />}
      <CleanupSwitch />
    </section>
  );
}

function CleanupSwitch() {
  const id = useId();
  const [on, setOn] = useState(microphoneCleanup);
  const [changed, setChanged] = useState(false);
  return (
    <div className="flex items-center gap-2 text-muted">
      <input
        id={id}
        type="checkbox"
        className="size-3.5 accent-(--accent)"
        checked={on}
        onChange={({ target }) => {
          setMicrophoneCleanup(target.checked);
          setOn(target.checked);
          setChanged(true);
        }}
      />
      <label htmlFor={id}>Reduce echo and background noise{changed && ' (once you reload the page)'}</label>
    </div>
  );
}
