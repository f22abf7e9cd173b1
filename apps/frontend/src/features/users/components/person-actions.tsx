'use client';

import type { User } from '@outdial/contracts';
import { KeyRound, MoreHorizontal, UserCheck, UserX } from 'lucide-react';
import { type RefObject, useRef, useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '@/components/ui/menu';
import { messageOf } from '@/lib/api';
import { useMe } from '@/lib/me';
import { useAllowPerson } from '../api/users';
import { ResetPassword } from './reset-password';

/** What can be done to a colleague; nothing to oneself. */
export function PersonActions({ user }: { user: User }) {
  const isOwn = useMe().user.id === user.id;
  const [asked, setAsked] = useState<'reset' | 'disable' | 'enable' | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  if (isOwn) return null;
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <Button ref={trigger} variant="ghost" size="icon-sm" aria-label={`More for ${user.name}`}>
            <MoreHorizontal />
          </Button>
        </MenuTrigger>
        <MenuContent align="end">
          {user.disabledAt === null && (
            <MenuItem onSelect={() => setAsked('reset')}>
              <KeyRound />
              New one-time password
            </MenuItem>
          )}
          <MenuItem onSelect={() => setAsked(user.disabledAt ? 'enable' : 'disable')}>
            {user.disabledAt ? <UserCheck /> : <UserX />}
            {user.disabledAt ? 'Enable' : 'Disable'}
          </MenuItem>
        </MenuContent>
      </Menu>
      <ResetPassword user={user} open={asked === 'reset'} returnTo={trigger} onClose={() => setAsked(null)} />
      <AllowPerson
        user={user}
        enables={asked === 'enable'}
        open={asked === 'enable' || asked === 'disable'}
        returnTo={trigger}
        onClose={() => setAsked(null)}
      />
    </>
  );
}

interface AllowPersonProps {
  readonly user: User;
  /** As it was when the question was put. */
  readonly enables: boolean;
  readonly open: boolean;
  readonly returnTo: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

/** Asks whether somebody is to be let in no more, or again. */
function AllowPerson({ user, enables, open, returnTo, onClose }: AllowPersonProps) {
  const allow = useAllowPerson(user.id);

  function show(wanted: boolean) {
    if (wanted || allow.isPending) return;
    allow.reset();
    onClose();
  }

  function decide() {
    allow.mutate(enables, {
      onSuccess: () => {
        onClose();
        toast.success(`${user.name} may ${enables ? 'sign in again.' : 'not sign in any more.'}`);
      },
    });
  }

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={show}
      returnTo={returnTo}
      title={`${enables ? 'Enable' : 'Disable'} ${user.name}?`}
      confirm={enables ? ['Enable', 'Enabling…'] : ['Disable', 'Disabling…']}
      destroys={!enables}
      busy={allow.isPending}
      problem={allow.error && messageOf(allow.error)}
      onConfirm={decide}
    >
      {enables
        ? 'They can sign in with the password they had.'
        : 'They are signed out at once, also in the middle of a call, and cannot sign in. Their calls and sheets stay.'}
    </ConfirmDialog>
  );
}
