'use client';

import { useState } from 'react';
import { NavUser } from '@/components/layout/nav-user';
import { useMe } from '@/lib/me';
import { useLeave } from '../api/auth';
import { PasswordDialog } from './password-dialog';
import { SessionsDialog } from './sessions-dialog';

/** Who you are, where else you are signed in, and the way out. */
export function UserMenu({ collapsed }: { collapsed: boolean }) {
  const { user } = useMe();
  const [shown, setShown] = useState<'sessions' | 'password' | null>(null);
  const leave = useLeave();
  const hide = () => setShown(null);

  return (
    <>
      <NavUser
        user={user}
        collapsed={collapsed}
        onShowSessions={() => setShown('sessions')}
        onChangePassword={() => setShown('password')}
        onSignOut={leave}
      />
      <SessionsDialog open={shown === 'sessions'} onOpenChange={hide} />
      <PasswordDialog open={shown === 'password'} onOpenChange={hide} />
    </>
  );
}
