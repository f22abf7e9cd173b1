'use client';

import type { SessionInfo } from '@outdial/contracts';
import { Monitor } from 'lucide-react';
import { toast } from 'sonner';
import { TimeAgo } from '@/components/call/time';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { messageOf } from '@/lib/api';
import { useRevokeSessions, useSessions } from '../api/auth';
import { describeUserAgent } from '../user-agent';

interface SessionsDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function SessionsDialog({ open, onOpenChange }: SessionsDialogProps) {
  const sessions = useSessions(open);
  const revoke = useRevokeSessions();
  const others = sessions.data?.some(({ current }) => !current) ?? false;

  function signOutOf(which: { sessionId: string } | 'others') {
    revoke.mutate(which, { onError: (error) => toast.error(messageOf(error)) });
  }

  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title="Where you are signed in"
        description="Sign out of places you do not know or no longer use."
      >
        {sessions.isPending && <Skeleton className="h-24" />}
        {sessions.isError && (
          <ErrorState message={messageOf(sessions.error)} onRetry={() => void sessions.refetch()} />
        )}
        {sessions.data && (
          <ul className="-my-2 divide-y">
            {sessions.data.map((session) => (
              <SessionRow
                key={session.id}
                session={session}
                busy={revoke.isPending}
                onRevoke={() => signOutOf({ sessionId: session.id })}
              />
            ))}
          </ul>
        )}
        {others && (
          <Button
            variant="danger-quiet"
            className="mt-4"
            disabled={revoke.isPending}
            onClick={() => signOutOf('others')}
          >
            Sign out everywhere else
          </Button>
        )}
      </DialogContent>
    </Dialog>
  );
}

interface SessionRowProps {
  readonly session: SessionInfo;
  readonly busy: boolean;
  readonly onRevoke: () => void;
}

function SessionRow({ session, busy, onRevoke }: SessionRowProps) {
  const device = describeUserAgent(session.userAgent);
  return (
    <li className="flex items-center gap-3 py-3">
      <Monitor aria-hidden="true" className="size-5 shrink-0 stroke-[1.5] text-muted" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{device}</p>
        <p className="text-xs text-muted">
          {session.ipAddress && <span className="tabular-nums">{session.ipAddress} · </span>}
          seen <TimeAgo instant={session.lastSeenAt} />
        </p>
      </div>
      {session.current ? (
        <Badge tone="ready">This page</Badge>
      ) : (
        <Button size="sm" disabled={busy} onClick={onRevoke} aria-label={`Sign out of ${device}`}>
          Sign out
        </Button>
      )}
    </li>
  );
}
