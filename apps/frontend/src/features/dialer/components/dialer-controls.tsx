'use client';

import type { DialerState, Workstation } from '@outdial/telephony';
import { FastForward, Pause, Play, RotateCcw, SkipForward, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Kbd } from '@/components/ui/kbd';
import { useHotkeys } from '@/hooks/use-hotkeys';
import { firstClick } from '@/lib/first-click';
import { startDialing } from '@/lib/telephony/workstation';
import { possibleCommands } from '../dialer-view';

interface DialerControlsProps {
  readonly sheetId: string;
  readonly workstation: Workstation;
  readonly dialer: DialerState;
  /** Whether the sheet has leads left. */
  readonly canStart: boolean;
}

/** The dialer's commands, each with its key. The first button is the one thing to do next. */
export function DialerControls({ sheetId, workstation, dialer, canStart }: DialerControlsProps) {
  const can = possibleCommands(dialer);
  const { dialer: commands } = workstation;
  const elsewhere = dialer.sheetId !== null && dialer.sheetId !== sheetId;
  const startHere = can.start || (elsewhere && dialer.phase.name === 'paused');

  const start = startHere && canStart ? () => void startDialing(workstation, sheetId) : undefined;
  const resume = can.resume && !elsewhere ? commands.resume : undefined;
  const pause = can.pause && !elsewhere ? commands.pause : undefined;
  const stop = can.stop && !elsewhere ? commands.stop : undefined;
  const retry = can.retry && !elsewhere ? commands.retry : undefined;
  const skipOrReady = can.readyNow ? commands.readyNow : can.skip ? commands.skip : undefined;
  const next = elsewhere ? undefined : skipOrReady;

  useHotkeys({ ' ': start ?? resume ?? pause, s: stop, r: retry, n: next });

  return (
    <div className="grid grid-cols-2 gap-2 xl:grid-cols-[1.4fr_1.4fr_1fr_1fr]">
      {startHere ? (
        <Command primary keyName="Space" shortcut="Space" icon={<Play />} onClick={start}>
          Start dialing
        </Command>
      ) : resume ? (
        <Command primary keyName="Space" shortcut="Space" icon={<Play />} onClick={resume}>
          Resume
        </Command>
      ) : (
        <Command primary keyName="Space" shortcut="Space" icon={<Pause />} onClick={pause}>
          Pause
        </Command>
      )}
      {can.readyNow ? (
        <Command keyName="N" shortcut="N" icon={<FastForward />} onClick={next}>
          Ready now
        </Command>
      ) : (
        <Command keyName="N" shortcut="N" icon={<SkipForward />} onClick={next}>
          Skip
        </Command>
      )}
      <Command keyName="R" shortcut="R" icon={<RotateCcw />} onClick={retry}>
        Retry
      </Command>
      <Command keyName="S" shortcut="S" icon={<Square />} onClick={stop}>
        Stop
      </Command>
    </div>
  );
}

interface CommandProps {
  readonly primary?: boolean;
  /** As printed on the button. */
  readonly keyName: string;
  /** As `aria-keyshortcuts` wants it. */
  readonly shortcut: string;
  readonly icon: ReactNode;
  readonly onClick: (() => void) | undefined;
  readonly children: string;
}

function Command({ primary = false, keyName, shortcut, icon, onClick, children }: CommandProps) {
  return (
    <Button
      size="lg"
      variant={primary ? 'primary' : 'secondary'}
      disabled={!onClick}
      onClick={firstClick(onClick)}
      aria-keyshortcuts={shortcut}
      className="px-2"
    >
      {icon}
      {children}
      <Kbd>{keyName}</Kbd>
    </Button>
  );
}
