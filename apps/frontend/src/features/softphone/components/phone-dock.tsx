'use client';

import { isLive } from '@outdial/telephony/call/call-machine';
import { ChevronDown, ChevronUp, MicOff, Upload } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useId, useState } from 'react';
import { isWorkspace } from '@/config/routes';
import { cn } from '@/lib/cn';
import { useMe } from '@/lib/me';
import { registrationWords } from '@/lib/telephony/registration-words';
import { useWorkstation, useWorkstationState } from '@/lib/telephony/telephony-provider';
import { DockCall } from './dock-call';
import { DockPanel } from './dock-panel';

/**
 * The phone, on every page of an agent: bottom right, a bottom bar on a phone. In the workspace it is a status line,
 * since the call's controls stand in the middle of that page.
 */
export function PhoneDock() {
  const { agent } = useMe();
  const workstation = useWorkstation();
  const state = useWorkstationState();
  const slim = isWorkspace(usePathname());
  const [open, setOpen] = useState(false);
  const panelId = useId();
  if (!agent) return null;

  const { tone, word } = registrationWords(state?.registration ?? null);
  const waiting = (state?.outbox.waiting ?? 0) + (state?.outbox.failed.length ?? 0);
  const noMicrophone = state?.microphone.state === 'problem';
  const showCall = workstation && state && isLive(state.call) && !slim;

  return (
    <aside
      aria-label="Phone"
      className={cn(
        'relative z-30 shrink-0 border-t bg-surface',
        !slim && 'md:fixed md:right-4 md:bottom-4 md:w-84 md:rounded-lg md:border md:shadow-float',
      )}
    >
      {open && (
        <div
          id={panelId}
          className={cn(
            'scroll-thin max-h-[70dvh] overflow-y-auto border-b bg-surface p-3',
            slim &&
              'md:absolute md:right-3 md:bottom-full md:mb-2 md:w-84 md:rounded-lg md:border md:shadow-float',
          )}
        >
          <DockPanel workstation={workstation} state={state} />
        </div>
      )}
      {showCall && <DockCall workstation={workstation} call={state.call} recording={state.recording} />}
      <button
        type="button"
        aria-expanded={open}
        {...(open && { 'aria-controls': panelId })}
        onClick={() => setOpen(!open)}
        className="flex h-10 w-full items-center gap-3 px-3 text-left text-xs hover:bg-hover focus-visible:-outline-offset-2 md:rounded-lg"
      >
        <span
          data-tone={tone}
          className="flex items-center gap-2 font-medium"
          data-registration={state?.registration.state}
        >
          <span
            aria-hidden="true"
            className={cn('size-2 rounded-full border-2 border-tone', tone !== 'offline' && 'bg-tone')}
          />
          {word}
        </span>
        <span className="text-muted tabular-nums">Ext. {agent.extension}</span>
        <span className="ml-auto flex items-center gap-3">
          {noMicrophone && (
            <span data-tone="error" className="flex items-center gap-1 text-tone">
              <MicOff aria-hidden="true" className="size-3.5" />
              No microphone
            </span>
          )}
          {waiting > 0 && (
            <span data-tone="wrapup" className="flex items-center gap-1 text-tone tabular-nums">
              <Upload aria-hidden="true" className="size-3.5" />
              {waiting} waiting
            </span>
          )}
          {open ? (
            <ChevronDown aria-hidden="true" className="size-4" />
          ) : (
            <ChevronUp aria-hidden="true" className="size-4" />
          )}
        </span>
      </button>
    </aside>
  );
}
