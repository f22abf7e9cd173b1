'use client';

import { Button } from '@/components/ui/button';
import { useHotkeys } from '@/hooks/use-hotkeys';

const KEYS: readonly (readonly [digit: string, letters: string])[] = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
];

interface DialPadProps {
  readonly onDigit: (digit: string) => void;
  /** Digits typed on the keyboard count too. */
  readonly listen: boolean;
}

export function DialPad({ onDigit, listen }: DialPadProps) {
  useHotkeys(listen ? Object.fromEntries(KEYS.map(([digit]) => [digit, () => onDigit(digit)])) : {});
  return (
    <fieldset className="mx-auto grid w-full max-w-60 grid-cols-3 gap-1.5">
      <legend className="sr-only">Dial pad</legend>
      {KEYS.map(([digit, letters]) => (
        <Button key={digit} className="h-11 flex-col gap-0" aria-label={digit} onClick={() => onDigit(digit)}>
          <span className="text-base leading-5 tabular-nums">{digit}</span>
          <span aria-hidden="true" className="h-3 text-[0.625rem] leading-3 tracking-wider text-muted">
            {letters}
          </span>
        </Button>
      ))}
    </fieldset>
  );
}
