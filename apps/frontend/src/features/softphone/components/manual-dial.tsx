'use client';

import type { Workstation, WorkstationSnapshot } from '@outdial/telephony';
import { isLive } from '@outdial/telephony/call/call-machine';
import { Delete, Phone } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { DialPad } from '@/components/call/dial-pad';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { messageOf } from '@/lib/api';
import { useMe } from '@/lib/me';
import { toDialable } from '@/lib/phone';
import { wakeApi } from '@/lib/telephony/gateways';
import { useDialerState } from '@/lib/telephony/telephony-provider';

interface ManualDialProps {
  readonly workstation: Workstation;
  readonly state: WorkstationSnapshot;
}

/** Dials one number by hand; not while the dialer is at work. */
export function ManualDial({ workstation, state }: ManualDialProps) {
  const { organization } = useMe();
  const phase = useDialerState()?.phase.name;
  const [number, setNumber] = useState('');
  const [problem, setProblem] = useState<string>();
  const dialerBusy = phase !== undefined && ['starting', 'dialing', 'talking', 'wrapUp'].includes(phase);
  const dialed = isLive(state.call) ? state.call.destination : null;
  const canCall = !dialed && !dialerBusy;

  // Once the call is shown, not in the click: rendering then would keep the page's thread from the INVITE.
  const { defaultCountry } = organization;
  useEffect(() => {
    if (dialed) setNumber((typed) => (toDialable(typed, defaultCountry) === dialed ? '' : typed));
  }, [dialed, defaultCountry]);

  function type(text: string) {
    workstation.expectDial();
    if (number === '') wakeApi();
    setNumber(text);
    setProblem(undefined);
  }

  async function call(event: FormEvent) {
    event.preventDefault();
    // The second half of a double click.
    if (isLive(workstation.getSnapshot().call)) return;
    const destination = toDialable(number, defaultCountry);
    if (!destination) {
      setProblem('This is not a telephone number. Type it like +1 202 555 0123.');
      return;
    }
    try {
      await workstation.dial(destination);
    } catch (error) {
      setProblem(messageOf(error));
    }
  }

  return (
    <form onSubmit={(event) => void call(event)} className="grid gap-3">
      <Field
        label="Number"
        error={problem}
        hint={dialerBusy ? 'Pause the dialer to call by hand.' : 'Dial *43 to hear yourself: a sound check.'}
      >
        {({ id, describedBy, invalid }) => (
          <div className="flex gap-2">
            <div className="relative min-w-0 flex-1">
              <Input
                id={id}
                inputMode="tel"
                autoComplete="off"
                value={number}
                maxLength={32}
                onChange={(event) => type(event.target.value)}
                aria-describedby={describedBy}
                aria-invalid={invalid}
                className="h-9 pr-8 text-base tabular-nums"
              />
              {number && (
                <Button
                  variant="ghost"
                  size="icon-sm"
                  className="absolute top-1 right-1"
                  aria-label="Delete last digit"
                  onClick={() => type(number.slice(0, -1))}
                >
                  <Delete />
                </Button>
              )}
            </div>
            <Button
              type="submit"
              variant="primary"
              className="h-9"
              disabled={!canCall || number.trim() === ''}
            >
              <Phone />
              Call
            </Button>
          </div>
        )}
      </Field>
      <DialPad onDigit={(digit) => type(number + digit)} listen={false} />
    </form>
  );
}
