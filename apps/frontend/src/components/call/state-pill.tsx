'use client';

import { useNow } from '@/hooks/use-now';
import { cn } from '@/lib/cn';
import { formatTimer } from '@/lib/format';
import type { AgentState } from '@/lib/telephony/agent-state';

interface StatePillProps {
  readonly state: AgentState;
  readonly size?: 'md' | 'lg';
}

/** The agent's state in a word and a colour, with its clock; outlined on hold and offline. */
export function StatePill({ state, size = 'md' }: StatePillProps) {
  const { tone, word, since, until } = state;
  const hollow = tone === 'held' || tone === 'offline';
  return (
    <span
      data-tone={tone}
      data-agent-state={word}
      className={cn(
        'inline-flex items-center gap-2 rounded-md border font-medium whitespace-nowrap text-tone',
        hollow ? 'border-tone-line' : 'border-transparent bg-tone-soft',
        size === 'lg' ? 'h-9 px-3 text-base' : 'h-7 px-2 text-xs',
      )}
    >
      <span
        aria-hidden="true"
        className={cn(
          'rounded-full',
          size === 'lg' ? 'size-2.5' : 'size-2',
          hollow ? 'border-2 border-tone' : 'bg-tone',
        )}
      />
      {word}
      {since !== null && <PillClock from={since} />}
      {until !== undefined && <PillClock to={until} />}
    </span>
  );
}

function PillClock({ from, to }: { from?: number; to?: number }) {
  const now = useNow('quick');
  if (now === 0) return null;
  const ms = from !== undefined ? now - from : (to ?? now) - now + 999;
  return <span className="tabular-nums">{formatTimer(ms)}</span>;
}
