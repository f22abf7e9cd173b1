'use client';

import type { Lead } from '@outdial/contracts';
import type { Dialer } from '@outdial/telephony';
import { RotateCcw, X } from 'lucide-react';
import Link from 'next/link';
import { toast } from 'sonner';
import { CallStatusBadge } from '@/components/call/call-status-badge';
import { PhoneNumber } from '@/components/call/phone-number';
import { TimeAgo } from '@/components/call/time';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { messageOf } from '@/lib/api';
import { cn } from '@/lib/cn';
import { formatCount } from '@/lib/format';
import type { RecentResult } from '../dialer-view';

interface QueuePanelProps {
  readonly upcoming: readonly Lead[];
  readonly remaining: number;
  /** Whether there may be more once the sheet has been taken in. */
  readonly isComing: boolean;
  readonly results: readonly RecentResult[];
  /** Of this sheet while it is open here; leads can then be left out or called again. */
  readonly dialer: Dialer | null;
  readonly className?: string;
}

const PANEL = 'flex min-h-0 flex-1 flex-col overflow-hidden rounded-lg border bg-surface';
const HEADING = 'flex items-baseline justify-between border-b px-3 py-2 text-xs font-medium text-muted';

/** Next: who is coming, and what came of the last ones. */
export function QueuePanel({ upcoming, remaining, isComing, results, dialer, className }: QueuePanelProps) {
  const tell = (error: unknown) => void toast.error(messageOf(error));
  return (
    <div className={cn('flex min-h-0 flex-col gap-3', className)}>
      <section aria-label="Next leads" className={PANEL}>
        <h2 className={HEADING}>
          Next <span className="font-normal tabular-nums">{formatCount(remaining)} left</span>
        </h2>
        {upcoming.length === 0 && (
          <p className="px-3 py-4 text-muted">{isComing ? 'None yet.' : 'No leads left.'}</p>
        )}
        <ScrollRegion label="Coming leads" className="min-h-0 py-1">
          <ul>
            {upcoming.map((lead) => (
              <li key={lead.id} className="group flex h-9 items-center gap-2 px-3">
                <span className="min-w-0 flex-1 truncate">{lead.name ?? 'No name'}</span>
                <PhoneNumber number={lead.phone} className="text-xs text-muted" />
                {dialer && (
                  <Button
                    variant="ghost"
                    size="icon-sm"
                    className="-mr-1.5 size-6 opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
                    aria-label={`Leave out ${lead.name ?? lead.phone}`}
                    onClick={() => dialer.leaveOut(lead.id).catch(tell)}
                  >
                    <X />
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </ScrollRegion>
      </section>
      <section aria-label="Last results" className={PANEL}>
        <h2 className={HEADING}>Last results</h2>
        {results.length === 0 && (
          <p className="px-3 py-4 text-muted">They appear here after the first call.</p>
        )}
        <ul className="scroll-thin min-h-0 overflow-y-auto py-1">
          {results.map(({ lead, callId, status, at, waitsAgain }) => (
            <li
              key={callId}
              className="group flex h-9 items-center gap-2 px-3 hover:bg-hover"
              data-result={status}
            >
              {/* Prefetched, each call that ends would have the server render a page while the next is dialed. */}
              <Link
                prefetch={false}
                href={`/dashboard/agent/calls?call=${encodeURIComponent(callId)}`}
                className="min-w-0 flex-1 truncate rounded hover:underline"
              >
                {lead.name ?? lead.phone}
              </Link>
              {dialer && !waitsAgain && (
                <Button
                  variant="ghost"
                  size="icon-sm"
                  className="size-6 opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
                  aria-label={`Call ${lead.name ?? lead.phone} again`}
                  onClick={() => dialer.requeue(lead).catch(tell)}
                >
                  <RotateCcw />
                </Button>
              )}
              {waitsAgain ? <Badge tone="wrapup">Waits again</Badge> : <CallStatusBadge status={status} />}
              <TimeAgo instant={at} className="w-16 text-right text-xs text-muted" />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
