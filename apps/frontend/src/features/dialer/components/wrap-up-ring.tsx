'use client';

import { useNow } from '@/hooks/use-now';

const RADIUS = 54;
const LENGTH = 2 * Math.PI * RADIUS;

interface WrapUpRingProps {
  /** Milliseconds since the epoch. */
  readonly endsAt: number;
  readonly totalMs: number;
  readonly note: string;
}

/** Seconds until the next call, as a ring that runs out. */
export function WrapUpRing({ endsAt, totalMs, note }: WrapUpRingProps) {
  const now = useNow('quick');
  const left = Math.max(0, endsAt - now);
  const share = totalMs > 0 ? Math.min(1, left / totalMs) : 0;
  return (
    <div data-tone="wrapup" className="grid h-40 justify-items-center gap-1 text-center">
      <div className="relative size-32">
        <svg viewBox="0 0 120 120" aria-hidden="true" className="size-full -rotate-90">
          <circle cx="60" cy="60" r={RADIUS} fill="none" strokeWidth="6" className="stroke-hover" />
          <circle
            cx="60"
            cy="60"
            r={RADIUS}
            fill="none"
            strokeWidth="6"
            strokeLinecap="round"
            strokeDasharray={LENGTH}
            strokeDashoffset={LENGTH * (1 - share)}
            className="stroke-tone transition-[stroke-dashoffset] duration-250 ease-linear"
          />
        </svg>
        <div className="absolute inset-0 grid place-content-center">
          <p className="text-xs font-medium text-tone" aria-live="polite">
            Wrap-up
          </p>
          <p role="timer" className="text-4xl leading-10 font-semibold tabular-nums">
            {Math.ceil(left / 1000)}
          </p>
        </div>
      </div>
      <p className="text-muted">{note}</p>
    </div>
  );
}
