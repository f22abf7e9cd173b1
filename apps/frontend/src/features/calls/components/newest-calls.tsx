'use client';

import Link from 'next/link';
import { CallStatusBadge } from '@/components/call/call-status-badge';
import { PhoneNumber } from '@/components/call/phone-number';
import { TimeAgo } from '@/components/call/time';
import { ErrorState } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { messageOf } from '@/lib/api';
import { formatTimer } from '@/lib/format';
import { useCalls } from '../api/calls';

const SHOWN = 12;

/** The last few calls, live, with the way to all of them. */
export function NewestCalls({ historyHref }: { historyHref: string }) {
  const calls = useCalls({});
  const rows = calls.data?.pages[0]?.items.slice(0, SHOWN) ?? [];
  return (
    <section aria-label="Newest calls" className="grid gap-2">
      <div className="flex items-baseline justify-between">
        <h2 className="font-medium">Newest calls</h2>
        <Link
          href={historyHref}
          className="rounded text-muted underline-offset-2 hover:text-foreground hover:underline"
        >
          All calls
        </Link>
      </div>
      <div className="overflow-hidden rounded-lg border bg-surface">
        {calls.isPending && <Skeleton className="m-4 h-40" />}
        {calls.isError && rows.length === 0 && (
          <ErrorState message={messageOf(calls.error)} onRetry={() => void calls.refetch()} />
        )}
        {calls.isSuccess && rows.length === 0 && (
          <p className="p-4 text-muted">No calls yet. They appear here as soon as an agent dials.</p>
        )}
        <ul className="divide-y">
          {rows.map((call) => (
            <li key={call.id} className="relative flex h-10 items-center gap-3 px-4 hover:bg-hover">
              <span className="w-32 shrink-0">
                <CallStatusBadge status={call.status} />
              </span>
              <Link
                href={`${historyHref}?call=${encodeURIComponent(call.id)}`}
                className="min-w-0 flex-1 truncate font-medium after:absolute after:inset-0"
              >
                {call.lead?.name ?? <PhoneNumber number={call.destination} />}
              </Link>
              <span className="hidden w-36 truncate text-muted sm:block">{call.agent.name}</span>
              <span className="hidden w-14 text-right tabular-nums sm:block">
                {call.talkMs ? formatTimer(call.talkMs) : ''}
              </span>
              <TimeAgo instant={call.startedAt} className="w-20 text-right text-xs text-muted" />
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
