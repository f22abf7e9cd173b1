'use client';

import type { SipAccount, User } from '@outdial/contracts';
import { UserCog } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { messageOf } from '@/lib/api';
import { useSaveSipAccount, useSipAccount } from '../api/users';
import { PhoneAccountForm } from './phone-account-form';

const HELP =
  'With the bundled switch, Outdial makes a short-lived password for each sign-in under this username; the password below counts only when SIP_WS_URL points to another SIP server.';

/** A button that opens the phone account of one person. */
export function PhoneAccount({ user }: { user: User }) {
  const [open, setOpen] = useState(false);
  const title = `Phone account of ${user.name}`;
  const save = useSaveSipAccount(user.id);

  function show(wanted: boolean) {
    // What becomes of it is told in the dialog.
    if (save.isPending) return;
    save.reset();
    setOpen(wanted);
  }

  function keep(account: SipAccount) {
    save.mutate(account, {
      onSuccess: () => {
        setOpen(false);
        // A phone asks for its account when its page loads.
        toast.success(`${title} saved. An agent who is signed in reloads the page to use it.`);
      },
    });
  }

  return (
    <Dialog open={open} onOpenChange={show}>
      <DialogTrigger asChild>
        <Button variant="ghost" size="sm" aria-label={title}>
          <UserCog />
          <span className="hidden lg:inline">Phone account</span>
        </Button>
      </DialogTrigger>
      <DialogContent title={title} description={HELP}>
        <Account
          userId={user.id}
          busy={save.isPending}
          problem={save.error && messageOf(save.error)}
          onSave={keep}
        />
      </DialogContent>
    </Dialog>
  );
}

interface AccountProps {
  readonly userId: string;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly onSave: (account: SipAccount) => void;
}

function Account({ userId, ...form }: AccountProps) {
  const account = useSipAccount(userId);
  if (account.data) return <PhoneAccountForm stored={account.data} {...form} />;
  if (account.isError)
    return <ErrorState message={messageOf(account.error)} onRetry={() => void account.refetch()} />;
  return <Skeleton className="h-60" />;
}
