'use client';

import type { User } from '@outdial/contracts';
import type { RefObject } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog, DialogClose, DialogContent } from '@/components/ui/dialog';
import { messageOf } from '@/lib/api';
import { useResetPassword } from '../api/users';
import { OneTimePasswordPanel } from './one-time-password-panel';

interface ResetPasswordProps {
  readonly user: User;
  readonly open: boolean;
  readonly returnTo: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

/** Asks whether somebody is to get a one-time password, then shows it once. */
export function ResetPassword({ user, open, returnTo, onClose }: ResetPasswordProps) {
  const reset = useResetPassword(user.id);

  function show(wanted: boolean) {
    if (wanted || reset.isPending) return;
    reset.reset();
    onClose();
  }

  if (reset.data)
    return (
      <Dialog open={open} onOpenChange={show}>
        <DialogContent title={`New password for ${user.name}`} returnTo={returnTo}>
          <div className="grid gap-4">
            <OneTimePasswordPanel user={user} oneTimePassword={reset.data} />
            <DialogClose asChild>
              <Button variant="primary" className="justify-self-end">
                Done
              </Button>
            </DialogClose>
          </div>
        </DialogContent>
      </Dialog>
    );
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={show}
      returnTo={returnTo}
      title={`New one-time password for ${user.name}?`}
      confirm={['Make password', 'Making…']}
      busy={reset.isPending}
      problem={reset.error && messageOf(reset.error)}
      onConfirm={() => reset.mutate()}
    >
      The present password ends, and they are signed out at once, also in the middle of a call.
    </ConfirmDialog>
  );
}
