'use client';

import { ENDED_STATUSES } from '@outdial/contracts/core/call-status';
import { ToneDot } from '@/components/call/tone-dot';
import { ErrorState } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { messageOf } from '@/lib/api';
import { formatCount, formatSpan } from '@/lib/format';
import { CALL_STATUS_TONES, CALL_STATUS_WORDS } from '@/lib/tones';
import { useToday } from '../api/calls';

interface TodayFiguresProps {
  /** Where the page's own heading says it already. */
  readonly headingHidden?: boolean;
}

/** Today's calls in four figures and by outcome. */
export function TodayFigures({ headingHidden = false }: TodayFiguresProps) {
  const today = useToday();
  if (today.isPending) return <Skeleton className="h-36" />;
  if (today.isError)
    return <ErrorState message={messageOf(today.error)} onRetry={() => void today.refetch()} />;
  const { total, byStatus, talkMs } = today.data;
  const answered = byStatus.answered ?? 0;
  const ended = ENDED_STATUSES.reduce((sum, status) => sum + (byStatus[status] ?? 0), 0);
  return (
    <section aria-label="Today" className="grid gap-2">
      <h2 className={headingHidden ? 'sr-only' : 'font-medium'}>Today</h2>
      <div className="overflow-hidden rounded-lg border bg-surface">
        <dl className="grid grid-cols-2 gap-px bg-border sm:grid-cols-4 *:bg-surface">
          <Figure name="Calls" value={formatCount(total)} />
          <Figure name="Answered" value={formatCount(answered)} />
          <Figure name="Answer rate" value={ended > 0 ? `${Math.round((100 * answered) / ended)} %` : '–'} />
          <Figure name="Talk time" value={talkMs > 0 ? formatSpan(talkMs) : '–'} />
        </dl>
        {ended > 0 && (
          <div className="border-t p-4">
            <div aria-hidden="true" className="flex h-2 gap-px overflow-hidden rounded-full">
              {ENDED_STATUSES.map((status) =>
                byStatus[status] ? (
                  <span
                    key={status}
                    data-tone={CALL_STATUS_TONES[status]}
                    className="bg-tone data-[tone=held]:opacity-50 data-[tone=offline]:opacity-50"
                    style={{ flexGrow: byStatus[status] }}
                  />
                ) : null,
              )}
            </div>
            <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
              {ENDED_STATUSES.filter((status) => byStatus[status]).map((status) => (
                <li key={status} className="flex items-center gap-1.5">
                  <ToneDot tone={CALL_STATUS_TONES[status]} />
                  {CALL_STATUS_WORDS[status]}
                  <span className="font-medium text-foreground tabular-nums">
                    {formatCount(byStatus[status] ?? 0)}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </section>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div className="px-4 py-3">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="mt-0.5 text-xl font-semibold tracking-tight tabular-nums">{value}</dd>
    </div>
  );
}
