'use client';

import type {
  DialerPhase,
  DialerState,
  PauseReason,
  Workstation,
  WorkstationSnapshot,
} from '@outdial/telephony';
import { isLive, isTalking } from '@outdial/telephony/call/call-machine';
import { MicOff, VolumeX } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { workspaceOf } from '@/config/routes';
import { isRunning } from '../dialer-view';

interface DialerNoticesProps {
  readonly sheetId: string;
  readonly workstation: Workstation;
  readonly state: WorkstationSnapshot;
  readonly dialer: DialerState;
}

/** Why it is not dialing, when the agent did not ask for that, and what to do. */
export function DialerNotices({ sheetId, workstation, state, dialer }: DialerNoticesProps) {
  const { phase, afterCall } = dialer;
  const elsewhere = dialer.sheetId !== null && dialer.sheetId !== sheetId && isRunning(phase);
  const pausing = afterCall !== null && afterCall !== 'stop' && isLive(state.call);
  const notices = (
    <>
      {state.microphone.state === 'problem' && (
        <Notice
          tone="error"
          icon={MicOff}
          action={
            <Button size="sm" onClick={() => void workstation.prepare().catch(() => undefined)}>
              Try again
            </Button>
          }
        >
          {state.microphone.message}
        </Notice>
      )}
      {state.microphone.state === 'asking' && (
        <Notice tone="dialing">Your browser asks for the microphone. Choose “Allow”.</Notice>
      )}
      {isTalking(state.call) && state.call.audio === 'lost' && (
        <Notice tone="error" icon={VolumeX}>
          Nothing is heard from the other side. Trying to bring the sound back.
        </Notice>
      )}
      {phase.name === 'paused' && phase.reason !== 'agent' && state.microphone.state !== 'problem' && (
        <Notice
          tone={phase.reason === 'dialed-elsewhere' ? 'wrapup' : 'error'}
          action={
            <Button size="sm" onClick={() => workstation.dialer.resume()}>
              {resumeWord(phase.reason)}
            </Button>
          }
        >
          {pauseWords(phase)}
        </Notice>
      )}
      {pausing && (
        <Notice tone="paused">
          {afterCall.message ? `${afterCall.message} ` : ''}Dialing pauses after this call.
        </Notice>
      )}
      {afterCall === 'stop' && <Notice tone="paused">Dialing stops after this call.</Notice>}
      {elsewhere && dialer.sheetId && (
        <Notice
          tone="wrapup"
          action={
            <Button asChild size="sm">
              <Link href={workspaceOf(dialer.sheetId)}>Go there</Link>
            </Button>
          }
        >
          You are dialing another sheet. Stop it before you start this one.
        </Notice>
      )}
    </>
  );
  return <div className="grid gap-2 p-3 empty:hidden">{notices}</div>;
}

const resumeWord = (reason: PauseReason) =>
  reason === 'dialed-elsewhere' || reason === 'taken-over' ? 'Take over' : 'Try again';

function pauseWords({ reason, message, goesOn }: Extract<DialerPhase, { name: 'paused' }>): string {
  const after = goesOn ? 'No lead is lost: dialing goes on by itself as soon as it can.' : '';
  switch (reason) {
    case 'dialed-elsewhere':
      return 'This sheet is being dialed on another page.';
    case 'taken-over':
      return 'Another page has taken this sheet over.';
    case 'microphone':
      return 'Paused: the microphone was away. It is ready now.';
    case 'carrier':
      return `Paused: the carrier failed three calls in a row. ${message ?? ''} Their leads wait again.`;
    case 'registration-lost':
      return `Paused: ${message ?? 'the phone lost its connection.'} ${after || 'Go on when the phone is ready.'}`;
    default:
      return `Paused: ${message ?? 'something went wrong.'} ${after}`.trim();
  }
}
