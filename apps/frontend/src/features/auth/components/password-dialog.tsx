'use client';

import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent } from '@/components/ui/dialog';
import { messageOf } from '@/lib/api';
import { useMe } from '@/lib/me';
import { useChangePassword } from '../api/auth';
import { PasswordForm } from './password-form';

interface PasswordDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function PasswordDialog({ open, onOpenChange }: PasswordDialogProps) {
  const { user } = useMe();
  const change = useChangePassword();
  const busy = change.isPending;

  function show(wanted: boolean) {
    // What becomes of it is told in the dialog.
    if (busy) return;
    change.reset();
    onOpenChange(wanted);
  }

  function done() {
    onOpenChange(false);
    toast.success('Password changed. Everywhere else you are signed out.');
  }

  return (
    <Dialog open={open} onOpenChange={show}>
      <DialogContent title="Change your password" description="Everywhere else you will be signed out.">
        <PasswordForm
          email={user.email}
          asksCurrent
          problem={change.error && messageOf(change.error)}
          onSubmit={(given) => change.mutate(given, { onSuccess: done })}
        >
          {(ready) => (
            <div className="flex justify-end gap-2">
              <DialogClose asChild>
                <Button disabled={busy}>Cancel</Button>
              </DialogClose>
              <Button type="submit" variant="primary" disabled={busy || !ready}>
                {busy ? 'Saving…' : 'Change password'}
              </Button>
            </div>
          )}
        </PasswordForm>
      </DialogContent>
    </Dialog>
  );
}
