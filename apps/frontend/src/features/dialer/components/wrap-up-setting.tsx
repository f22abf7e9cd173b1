'use client';

import { MAX_WRAP_UP_SECONDS } from '@outdial/contracts/platform/settings';
import type { Workstation } from '@outdial/telephony';
import { useId, useState } from 'react';
import { toast } from 'sonner';
import { Input } from '@/components/ui/field';
import { messageOf } from '@/lib/api';
import { useSaveDialerSettings } from '../api/queue';

/** How long to pause after each call; from the next call on, and kept for the next sign-in. */
export function WrapUpSetting({ workstation, wrapUpMs }: { workstation: Workstation; wrapUpMs: number }) {
  const id = useId();
  const save = useSaveDialerSettings();
  const [draft, setDraft] = useState<string | null>(null);
  const seconds = Math.round(wrapUpMs / 1000);

  function keep() {
    const wanted = Math.min(MAX_WRAP_UP_SECONDS, Math.max(0, Math.round(Number(draft))));
    const changed = draft !== null && draft !== '' && wanted !== seconds;
    setDraft(null);
    if (!changed) return;
    workstation.dialer.setWrapUp(wanted * 1000);
    save.mutate({ wrapUpSeconds: wanted }, { onError: (error) => toast.error(messageOf(error)) });
  }

  return (
    <div className="flex items-center gap-2 text-xs text-muted">
      <label htmlFor={id}>Wrap-up</label>
      <Input
        id={id}
        type="number"
        min={0}
        max={MAX_WRAP_UP_SECONDS}
        value={draft ?? seconds}
        onChange={({ target }) => setDraft(target.value)}
        onBlur={keep}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
        className="h-7 w-16 text-foreground tabular-nums"
      />
      seconds
    </div>
  );
}
