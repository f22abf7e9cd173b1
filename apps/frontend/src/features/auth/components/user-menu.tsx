'use client';

import { useState } from 'react';
import { NavUser } from '@/components/layout/nav-user';
import { useMe } from '@/lib/me';
import { useWorkstation, useWorkstationState } from '@/lib/telephony/telephony-provider';
import { useLeave } from '../api/auth';
import { PasswordDialog } from './password-dialog';
import { SessionsDialog } from './sessions-dialog';
import { SignOutDialog, unfinished } from './sign-out-dialog';

/** Who you are, where else you are signed in, and the way out. */
export function UserMenu({ collapsed }: { collapsed: boolean }) {
  const { user } = useMe();
  const [shown, setShown] = useState<'sessions' | 'password' | null>(null);
  const [asked, setAsked] = useState<'call' | 'uploads' | null>(null);
  const workstation = useWorkstation();
  const phone = useWorkstationState();
  const leave = useLeave();
  const hide = () => setShown(null);

  return (
    <>
      <NavUser
        user={user}
        collapsed={collapsed}
        onShowSessions={() => setShown('sessions')}
        onChangePassword={() => setShown('password')}
        onSignOut={() => {
          const left = unfinished(phone);
          if (left) setAsked(left);
          else leave();
        }}
      />
      <SessionsDialog open={shown === 'sessions'} onOpenChange={hide} />
      <PasswordDialog open={shown === 'password'} onOpenChange={hide} />
      <SignOutDialog asked={asked} workstation={workstation} onLeave={leave} onStay={() => setAsked(null)} />
    </>
  );
}
