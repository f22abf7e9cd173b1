'use client';

import { ENDED_STATUSES, type Queue } from '@outdial/contracts';
import type { DialerState, WorkstationSnapshot } from '@outdial/telephony';
import { StatePill } from '@/components/call/state-pill';
import { ToneDot } from '@/components/call/tone-dot';
import { Progress } from '@/components/ui/progress';
import { formatCount, formatSpan } from '@/lib/format';
import { agentState } from '@/lib/telephony/agent-state';
import { CALL_STATUS_TONES, CALL_STATUS_WORDS } from '@/lib/tones';
import { timeLeft } from '../dialer-view';

interface TopStripProps {
  readonly queue: Queue;
  readonly state: WorkstationSnapshot | null;
  readonly dialer: DialerState | null;
}

/** The sheet at a glance: how far, with what outcome, how long still, and what the agent is doing. */
export function TopStrip({ queue, state, dialer }: TopStripProps) {
  const { counts, sheet } = queue;
  // The lead that is being called is neither done nor remaining.
  const done = counts.done + counts.skipped;
  const left = timeLeft(queue);
  return (
    <section
      aria-label="Sheet"
      className="flex flex-wrap items-center gap-x-6 gap-y-3 rounded-lg border bg-surface px-4 py-3"
    >
      <div className="min-w-64 flex-1">
        <div className="flex items-baseline justify-between gap-4">
          <h1 className="truncate font-semibold">{sheet.name}</h1>
          <p className="text-xs whitespace-nowrap text-muted tabular-nums">
            <span className="font-medium text-foreground">{formatCount(done)}</span> of{' '}
            {formatCount(counts.total)} done{left !== null && ` · about ${formatSpan(left)} left`}
          </p>
        </div>
        <Progress className="mt-2" label="Leads done" value={done} max={counts.total} />
        <ul aria-label="Outcomes" className="mt-2 flex flex-wrap gap-x-3 gap-y-1 text-xs">
          {ENDED_STATUSES.map((status) => (
            <li key={status} data-outcome={status} className="flex items-center gap-1.5 text-muted">
              <ToneDot tone={CALL_STATUS_TONES[status]} />
              {CALL_STATUS_WORDS[status]}
              <span className="font-medium text-foreground tabular-nums">
                {formatCount(counts.byStatus[status] ?? 0)}
              </span>
            </li>
          ))}
          {counts.skipped > 0 && (
            <li className="text-muted">
              Left out <span className="font-medium text-foreground">{formatCount(counts.skipped)}</span>
            </li>
          )}
        </ul>
      </div>
      <StatePill size="lg" state={agentState(state, dialer)} />
    </section>
  );
}
