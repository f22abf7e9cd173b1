import { cn } from '@/lib/cn';

interface ProgressProps {
  /** Null while nobody can tell how far it is. */
  readonly value: number | null;
  readonly max: number;
  /** What is measured, for screen readers. */
  readonly label: string;
  readonly className?: string;
}

export function Progress({ value, max, label, className }: ProgressProps) {
  const share = value !== null && max > 0 ? Math.min(1, value / max) : 0;
  const measured = value !== null && {
    'aria-valuenow': value,
    'aria-valuemin': 0,
    'aria-valuemax': max,
    'aria-valuetext': `${value} of ${max}`,
  };
  return (
    <div
      role="progressbar"
      aria-label={label}
      {...measured}
      className={cn('h-1.5 overflow-hidden rounded-full bg-hover', className)}
    >
      {value === null ? (
        <div className="h-full rounded-full bg-accent/40 motion-safe:animate-pulse" />
      ) : (
        <div
          className="h-full rounded-full bg-accent transition-[width]"
          style={{ width: `${share * 100}%` }}
        />
      )}
    </div>
  );
}
