'use client';

import type { OutboxSnapshot, Workstation } from '@outdial/telephony';
import { CircleCheck, Upload } from 'lucide-react';
import { Notice } from '@/components/ui/notice';
import { plural } from '@/lib/format';
import { RefusedUploads } from './refused-uploads';

/** Recordings and reports that the server does not have yet. */
export function UploadsWaiting({
  workstation,
  outbox,
}: {
  workstation: Workstation;
  outbox: OutboxSnapshot;
}) {
  const { waiting, failed, lastError, storageWarning } = outbox;
  return (
    <section aria-label="Uploads" className="grid gap-2 text-xs">
      {waiting === 0 && failed.length === 0 && (
        <p className="flex items-center gap-2 text-muted">
          <CircleCheck aria-hidden="true" data-tone="ready" className="size-4 text-tone" />
          All calls and recordings are on the server.
        </p>
      )}
      {waiting > 0 && (
        <Notice tone="wrapup" icon={Upload}>
          {plural(waiting, 'recording waits', 'recordings wait')} to be sent.
          {lastError ? ` ${lastError} It is tried again by itself.` : ''}
        </Notice>
      )}
      <RefusedUploads workstation={workstation} failed={failed} />
      {storageWarning && <Notice tone="wrapup">{storageWarning}</Notice>}
    </section>
  );
}
