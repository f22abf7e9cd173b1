import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';
import type { Tone } from '@/lib/tones';

interface BadgeProps extends ComponentProps<'span'> {
  /** State colour; plain without. */
  readonly tone?: Tone | undefined;
}

/** A word with a colour; `held` and `offline` are outlined, so that they differ without colour too. */
export function Badge({ tone, className, ...props }: BadgeProps) {
  const hollow = tone === 'held' || tone === 'offline';
  return (
    <span
      data-tone={tone}
      className={cn(
        'inline-flex h-5 items-center gap-1 rounded px-1.5 text-xs font-medium whitespace-nowrap [&_svg]:size-3',
        tone ? 'text-tone' : 'bg-hover text-muted',
        tone && (hollow ? 'border border-tone-line' : 'bg-tone-soft'),
        className,
      )}
      {...props}
    />
  );
}
