'use client';

import type { User } from '@outdial/contracts';
import { Badge } from '@/components/ui/badge';
import { useNow } from '@/hooks/use-now';
import { PersonState } from './person-state';

/** What somebody is doing now, or why they cannot be there. */
export function PersonStanding({ user }: { user: User }) {
  const now = useNow('slow');
  if (user.disabledAt) return <Badge tone="offline">Disabled</Badge>;
  if (user.oneTimePasswordUntil === null) return <PersonState userId={user.id} />;
  const expired = now > Date.parse(user.oneTimePasswordUntil);
  return (
    <Badge tone={expired ? 'error' : 'wrapup'}>
      {expired ? 'Expired' : 'Pending'}
      <span className="sr-only">
        {expired ? ': the one-time password was not used in time' : ': has not chosen a password yet'}
      </span>
    </Badge>
  );
}
