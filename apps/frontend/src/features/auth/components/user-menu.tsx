'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import { NavUser } from '@/components/layout/nav-user';
import { isSignedOut, messageOf } from '@/lib/api';
import { useMe } from '@/lib/me';
import { signOut } from '../api/auth';
import { SessionsDialog } from './sessions-dialog';

/** Who you are, where else you are signed in, and the way out. */
export function UserMenu({ collapsed }: { collapsed: boolean }) {
  const { user } = useMe();
  const [sessionsOpen, setSessionsOpen] = useState(false);

  async function leave() {
    try {
      await signOut();
    } catch (error) {
      if (!isSignedOut(error)) {
        toast.error(messageOf(error));
        return;
      }
    }
    // A whole page load: nothing of this user stays in memory.
    window.location.assign('/login');
  }

  return (
    <>
      <NavUser
        user={user}
        collapsed={collapsed}
        onShowSessions={() => setSessionsOpen(true)}
        onSignOut={() => void leave()}
      />
      <SessionsDialog open={sessionsOpen} onOpenChange={setSessionsOpen} />
    </>
  );
}
