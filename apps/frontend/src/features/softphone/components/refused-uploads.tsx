'use client';

import type { FailedUpload, Workstation } from '@outdial/telephony';
import { useRef, useState } from 'react';
import { PhoneNumber } from '@/components/call/phone-number';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Notice } from '@/components/ui/notice';
import { messageOf } from '@/lib/api';
import { plural } from '@/lib/format';

/** Calls that the server will not take as they are: to be sent again, or given up one by one. */
export function RefusedUploads({
  workstation,
  failed,
}: {
  workstation: Workstation;
  failed: readonly FailedUpload[];
}) {
  if (failed.length === 0) return null;
  return (
    <Notice
      tone="error"
      action={
        <Button size="sm" onClick={() => void workstation.retryUploads()}>
          Send again
        </Button>
      }
    >
      {plural(failed.length, 'recording was', 'recordings were')} refused:
      <ul className="grid gap-1 pt-1">
        {failed.map((upload) => (
          <Refused key={upload.callId} upload={upload} onDiscard={workstation.discardUpload} />
        ))}
      </ul>
    </Notice>
  );
}

function Refused({
  upload: { callId, destination, reason },
  onDiscard,
}: {
  upload: FailedUpload;
  onDiscard: (callId: string) => Promise<void>;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const discard = () => {
    setBusy(true);
    onDiscard(callId)
      .catch((error: unknown) => setProblem(messageOf(error)))
      .finally(() => setBusy(false));
  };
  return (
    <li className="flex items-center justify-between gap-2">
      <span>
        <PhoneNumber number={destination} />: {reason}
      </span>
      <Button
        ref={button}
        size="sm"
        variant="ghost"
        aria-label={`Discard the recording of ${destination}`}
        onClick={() => setAsked(true)}
      >
        Discard
      </Button>
      <ConfirmDialog
        open={asked}
        onOpenChange={setAsked}
        returnTo={button}
        title="Discard this recording?"
        confirm={['Discard', 'Discarding…']}
        destroys
        busy={busy}
        problem={problem}
        onConfirm={discard}
      >
        What the server refused of the call to <PhoneNumber number={destination} /> is deleted from this
        browser for good. What it has taken stays.
      </ConfirmDialog>
    </li>
  );
}
