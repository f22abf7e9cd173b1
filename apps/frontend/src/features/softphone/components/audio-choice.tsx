'use client';

import type { AudioDevices } from '@outdial/telephony';
import { Volume2 } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Field, Select } from '@/components/ui/field';
import { Tooltip } from '@/components/ui/tooltip';

/** Which microphone and speaker calls are made with, from now on and in the present call. */
export function AudioChoice({ devices }: { devices: AudioDevices }) {
  const { microphones, speakers, microphoneId, speakerId } = useSyncExternalStore(
    devices.subscribe,
    devices.getSnapshot,
    devices.getSnapshot,
  );
  if (microphones.length === 0) return null;
  const test = () =>
    void import('@outdial/telephony')
      .then(({ playTestTone }) => playTestTone(speakerId))
      .catch(() => toast.error('This speaker cannot be used. Choose another.'));
  return (
    <div className="grid gap-2">
      <Field label="Microphone">
        {({ id }) => (
          <Select
            id={id}
            value={microphoneId ?? ''}
            onChange={({ target }) => devices.choose({ microphoneId: target.value || null })}
          >
            <Choices devices={microphones} chosen={microphoneId} />
          </Select>
        )}
      </Field>
      {speakers.length > 0 && (
        <Field label="Speaker">
          {({ id }) => (
            <div className="flex gap-2">
              <Select
                id={id}
                value={speakerId ?? ''}
                onChange={({ target }) => devices.choose({ speakerId: target.value || null })}
              >
                <Choices devices={speakers} chosen={speakerId} />
              </Select>
              <Tooltip content="Play a tone">
                <Button size="icon" aria-label="Play a tone" onClick={test}>
                  <Volume2 />
                </Button>
              </Tooltip>
            </div>
          )}
        </Field>
      )}
    </div>
  );
}

interface ChoicesProps {
  readonly devices: readonly { readonly id: string; readonly label: string }[];
  readonly chosen: string | null;
}

function Choices({ devices, chosen }: ChoicesProps) {
  const isAway = chosen !== null && !devices.some(({ id }) => id === chosen);
  return (
    <>
      <option value="">As the system has it</option>
      {isAway && <option value={chosen}>Unplugged; taken when it is back</option>}
      {devices
        .filter(({ id }) => id !== 'default')
        .map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
    </>
  );
}
