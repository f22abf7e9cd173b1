'use client';

import type { Workstation, WorkstationSnapshot } from '@outdial/telephony';
import { isLive } from '@outdial/telephony/call/call-machine';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';

/** A call's report and recording are waited for this long; then they stay in this browser. */
const FILING_MS = 10_000;

/** What signing out would cut off or leave behind; null when nothing. */
export function unfinished(state: WorkstationSnapshot | null): 'call' | 'uploads' | null {
  if (state && isLive(state.call)) return 'call';
  return state && state.outbox.waiting > 0 ? 'uploads' : null;
}

interface SignOutDialogProps {
  readonly asked: 'call' | 'uploads' | null;
  readonly workstation: Workstation | null;
  readonly onLeave: () => void;
  readonly onStay: () => void;
}

/** Asks before anything is revoked. */
export function SignOutDialog({ asked, workstation, onLeave, onStay }: SignOutDialogProps) {
  const [busy, setBusy] = useState(false);
  async function leave() {
    setBusy(true);
    workstation?.dialer.stop();
    workstation?.hangUp();
    if (workstation) await filed(workstation);
    onLeave();
  }
  const inCall = asked === 'call';
  return (
    <ConfirmDialog
      open={asked !== null}
      onOpenChange={(open) => !open && !busy && onStay()}
      title={inCall ? 'End the call and sign out?' : 'Sign out before everything is sent?'}
      confirm={inCall ? ['End call and sign out', 'Ending the call'] : ['Sign out', 'Signing out']}
      destroys={inCall}
      busy={busy}
      problem={null}
      onConfirm={() => void leave()}
    >
      {inCall
        ? 'You are in a call. Signing out hangs up; the call and its recording are filed first.'
        : 'Recordings of this browser are still on their way. What is not sent within ten seconds stays here and is sent when you sign in again.'}
    </ConfirmDialog>
  );
}

/** Resolves when everything is on the server, or after a while. */
function filed(workstation: Workstation): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      const { call, outbox } = workstation.getSnapshot();
      // A call that has just ended is on its way to the outbox.
      if (!isLive(call) && outbox.waiting === 0 && Date.now() - since > 1_000) done();
    };
    const done = () => {
      clearTimeout(limit);
      clearInterval(looking);
      resolve();
    };
    const since = Date.now();
    const limit = setTimeout(done, FILING_MS);
    const looking = setInterval(look, 200);
  });
}
