'use client';

import { useRouter } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { messageOf } from '@/lib/api';
import { useChangePassword, useLeave } from '../api/auth';
import { PasswordForm } from './password-form';

/** Replaces a one-time password, and goes on to the page that was wanted. */
export function ChoosePassword({ email, next }: { email: string; next: string }) {
  const router = useRouter();
  const change = useChangePassword();
  const leave = useLeave();
  // Until the next page is there, nobody presses twice.
  const busy = change.isPending || change.isSuccess;

  function goOn() {
    router.replace(next);
    router.refresh();
  }

  return (
    <PasswordForm
      email={email}
      asksCurrent={false}
      problem={change.error && messageOf(change.error)}
      onSubmit={(given) => change.mutate(given, { onSuccess: goOn })}
    >
      {(ready) => (
        <div className="mt-1 grid gap-2">
          <Button type="submit" variant="primary" size="lg" disabled={busy || !ready}>
            {busy ? 'Saving…' : 'Save and go on'}
          </Button>
          <Button variant="ghost" disabled={busy || !ready} onClick={leave}>
            Sign out
          </Button>
        </div>
      )}
    </PasswordForm>
  );
}
