'use client';

import { Skeleton } from '@/components/ui/skeleton';
import { useEarlierCalls } from '@/lib/earlier-calls';
import { formatTimer } from '@/lib/format';
import { CallStatusBadge } from './call-status-badge';
import { TimeAgo } from './time';

interface EarlierCallsProps {
  readonly number: string;
  /** The call that is being looked at. */
  readonly except?: string | undefined;
}

export function EarlierCalls({ number, except }: EarlierCallsProps) {
  const { data, isPending } = useEarlierCalls(number, except);
  return (
    <section aria-label="Earlier calls to this number" className="grid grid-cols-1 gap-1.5">
      <h3 className="text-xs font-medium text-muted">Earlier calls to this number</h3>
      {isPending && <Skeleton className="h-5" />}
      {data?.length === 0 && <p className="text-xs text-muted">None.</p>}
      <ul className="grid grid-cols-1 gap-1">
        {data?.map(({ id, status, startedAt, talkMs, agent }) => (
          <li key={id} className="flex items-center gap-2 text-xs">
            <CallStatusBadge status={status} />
            <span className="min-w-0 truncate text-muted">{agent.name}</span>
            {talkMs !== null && talkMs > 0 && <span className="tabular-nums">{formatTimer(talkMs)}</span>}
            <TimeAgo instant={startedAt} className="ml-auto text-muted" />
          </li>
        ))}
      </ul>
    </section>
  );
}
