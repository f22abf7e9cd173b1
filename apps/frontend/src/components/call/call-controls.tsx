'use client';

import type { CallState, Workstation } from '@outdial/telephony';
import { Grid3x3, Mic, MicOff, Pause, PhoneOff } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { toast } from 'sonner';
import { Button, type ButtonProps } from '@/components/ui/button';
import { Kbd } from '@/components/ui/kbd';
import { useHotkeys } from '@/hooks/use-hotkeys';
import { messageOf } from '@/lib/api';
import { cn } from '@/lib/cn';
import { firstClick } from '@/lib/first-click';
import { DialPad } from './dial-pad';

interface CallControlsProps {
  readonly workstation: Workstation;
  readonly call: CallState;
  readonly size: 'md' | 'lg';
  /** Keys work, and are printed on the buttons. */
  readonly withKeys: boolean;
  readonly className?: string;
}

/** Hang up, mute, hold, keypad: of the present call, wherever it is shown. */
export function CallControls({ workstation, call, size, withKeys, className }: CallControlsProps) {
  // Of this call alone: the next one does not begin with it open.
  const [keypadOf, setKeypadOf] = useState<string | null>(null);
  const talking = call.name === 'connected' || call.name === 'held';
  const live = talking || call.name === 'dialing' || call.name === 'ringing';
  const muted = talking && call.muted;
  const held = call.name === 'held';
  const keypad = talking && keypadOf === call.callId;

  const hangUp = live ? () => workstation.hangUp() : undefined;
  const mute = talking ? () => workstation.setMuted(!muted) : undefined;
  const toggleKeypad = talking ? () => setKeypadOf(keypad ? null : call.callId) : undefined;
  const closeKeypad = keypad ? () => setKeypadOf(null) : undefined;
  const hold = talking
    ? () => workstation.setHeld(!held).catch((error: unknown) => void toast.error(messageOf(error)))
    : undefined;

  useHotkeys(
    withKeys
      ? { h: hangUp, m: mute, o: hold && (() => void hold()), k: toggleKeypad, escape: closeKeypad }
      : {},
  );

  const control = { size, withKeys };
  return (
    <div className={cn('grid gap-3', className)}>
      <div className="mx-auto flex w-full max-w-136 flex-wrap items-center justify-center gap-2">
        <Control {...control} hotkey="M" onClick={mute} pressed={muted} icon={muted ? <MicOff /> : <Mic />}>
          Mute
        </Control>
        <Control
          {...control}
          hotkey="O"
          onClick={hold && (() => void hold())}
          pressed={held}
          icon={<Pause />}
        >
          Hold
        </Control>
        <Control {...control} hotkey="K" onClick={toggleKeypad} pressed={keypad} icon={<Grid3x3 />}>
          Keypad
        </Control>
        <Control
          {...control}
          hotkey="H"
          onClick={hangUp}
          variant="danger"
          icon={<PhoneOff />}
          className={size === 'md' ? 'w-full' : ''}
        >
          Hang up
        </Control>
      </div>
      {keypad && <DialPad onDigit={(digit) => workstation.sendDtmf(digit)} listen={withKeys} />}
    </div>
  );
}

interface ControlProps {
  readonly size: 'md' | 'lg';
  readonly withKeys: boolean;
  readonly hotkey: string;
  readonly icon: ReactNode;
  readonly children: string;
  readonly onClick: (() => void) | undefined;
  readonly variant?: ButtonProps['variant'];
  /** For switches; the name stays the same whether on or off. */
  readonly pressed?: boolean;
  readonly className?: string;
}

function Control(props: ControlProps) {
  const { size, withKeys, hotkey, icon, children, onClick, variant, pressed, className = '' } = props;
  return (
    <Button
      className={cn('flex-1 px-3', className)}
      size={size}
      variant={variant ?? 'secondary'}
      disabled={!onClick}
      onClick={firstClick(onClick)}
      {...(withKeys && { 'aria-keyshortcuts': hotkey })}
      {...(pressed !== undefined && { pressed, 'aria-pressed': pressed })}
    >
      {icon}
      {children}
      {withKeys && <Kbd>{hotkey}</Kbd>}
    </Button>
  );
}
