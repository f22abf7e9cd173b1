'use client';

import type { Queue } from '@outdial/contracts';
import type { CallState, DialerState, Workstation, WorkstationSnapshot } from '@outdial/telephony';
import { CallControls } from '@/components/call/call-controls';
import { PhoneNumber } from '@/components/call/phone-number';
import { RecordingMark } from '@/components/call/recording-mark';
import { Timer } from '@/components/call/time';
import { Skeleton } from '@/components/ui/skeleton';
import { cn } from '@/lib/cn';
import { type Intake, intakeOf } from '@/lib/sheet-intake';
import { agentState } from '@/lib/telephony/agent-state';
import { CALL_STATUS_WORDS } from '@/lib/tones';
import { DialerControls } from './dialer-controls';
import { DialerNotices } from './dialer-notices';
import { KeysDialog } from './keys-dialog';
import { SheetNotReady } from './sheet-not-ready';
import { WrapUpRing } from './wrap-up-ring';
import { WrapUpSetting } from './wrap-up-setting';

interface CallPanelProps {
  readonly sheetId: string;
  readonly queue: Queue;
  readonly workstation: Workstation | null;
  readonly state: WorkstationSnapshot | null;
  readonly dialer: DialerState | null;
  readonly className?: string;
}

/** What: the call, large, and everything that can be done about it. */
export function CallPanel({ sheetId, queue, workstation, state, dialer, className }: CallPanelProps) {
  const intake = intakeOf(queue.sheet);
  return (
    <section
      aria-label="Call"
      className={cn('flex min-h-0 flex-col overflow-y-auto rounded-lg border bg-surface', className)}
    >
      {workstation && state && dialer ? (
        <>
          <DialerNotices sheetId={sheetId} workstation={workstation} state={state} dialer={dialer} />
          <div className="grid flex-1 content-center justify-items-center gap-6 px-4 py-6">
            <CallFace state={state} dialer={dialer} intake={intake} finished={queue.counts.remaining === 0} />
            <CallControls workstation={workstation} call={state.call} size="lg" withKeys className="w-full" />
          </div>
          <footer className="grid gap-3 border-t p-3">
            {intake ? (
              <SheetNotReady sheet={queue.sheet} intake={intake} />
            ) : (
              <DialerControls
                sheetId={sheetId}
                workstation={workstation}
                dialer={dialer}
                canStart={queue.counts.remaining > 0}
              />
            )}
            <div className="flex items-center justify-between gap-3">
              <WrapUpSetting workstation={workstation} wrapUpMs={dialer.wrapUpMs} />
              <KeysDialog />
            </div>
          </footer>
        </>
      ) : (
        <Skeleton className="m-4 h-64" />
      )}
    </section>
  );
}

interface CallFaceProps {
  readonly state: WorkstationSnapshot;
  readonly dialer: DialerState;
  readonly intake: Intake | null;
  readonly finished: boolean;
}

/** The state of the call in one glance, readable at arm's length. */
function CallFace({ state, dialer, intake, finished }: CallFaceProps) {
  const { call } = state;
  const { phase } = dialer;
  if (phase.name === 'wrapUp' && (call.name === 'idle' || call.name === 'ended'))
    return <WrapUpRing endsAt={phase.endsAt} totalMs={dialer.wrapUpMs} note={lastOutcome(call)} />;
  const live = call.name !== 'idle' && call.name !== 'ended';
  const { tone, word, since } = agentState(state, dialer);
  const resting = !live && (phase.name === 'stopped' || phase.name === 'finished');
  return (
    <div className="grid h-40 content-center justify-items-center gap-2 text-center">
      <p aria-live="polite" data-tone={resting ? 'paused' : tone} className="text-base font-medium text-tone">
        {live ? word : intake ? 'Not ready yet' : idleWord(dialer, word, finished)}
      </p>
      {since !== null ? (
        <Timer since={since} className="text-6xl font-semibold tracking-tight" />
      ) : (
        <p className="text-6xl font-semibold tracking-tight text-muted/70 tabular-nums">0:00</p>
      )}
      <p className="h-5 text-muted">{live ? <PhoneNumber number={call.destination} /> : lastOutcome(call)}</p>
      <div className="h-4">
        <RecordingMark state={state.recording} />
      </div>
    </div>
  );
}

function idleWord({ phase }: DialerState, word: string, finished: boolean): string {
  if (phase.name === 'finished' || (finished && phase.name !== 'paused')) return 'Sheet finished';
  return phase.name === 'stopped' ? 'Stopped' : word;
}

function lastOutcome(call: CallState): string {
  if (call.name !== 'ended') return '';
  const { status, cause } = call.outcome;
  return `Last call: ${CALL_STATUS_WORDS[status].toLowerCase()}${cause && status !== 'answered' ? `. ${cause}` : ''}`;
}
