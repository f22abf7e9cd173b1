'use client';

import { useNow } from '@/hooks/use-now';
import { cn } from '@/lib/cn';
import { formatAgo, formatExact, formatTimer } from '@/lib/format';

/** How long ago, with the exact moment in the viewer's zone on hover. */
export function TimeAgo({ instant, className }: { instant: string; className?: string }) {
  const now = useNow('slow');
  const then = Date.parse(instant);
  return (
    <time
      dateTime={instant}
      title={now === 0 ? undefined : formatExact(then)}
      className={cn('whitespace-nowrap', className)}
    >
      {now === 0 ? ' ' : formatAgo(then, now)}
    </time>
  );
}

/** Runs since `since` (milliseconds since the epoch). Not read aloud: it changes every second. */
export function Timer({ since, className }: { since: number; className?: string }) {
  const now = useNow('quick');
  return (
    <span role="timer" className={cn('tabular-nums', className)}>
      {formatTimer(now === 0 ? 0 : now - since)}
    </span>
  );
}
