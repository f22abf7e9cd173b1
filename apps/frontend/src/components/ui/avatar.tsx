import { cn } from '@/lib/cn';

/** Initials of a person; decoration beside the name. */
export function Avatar({ name, className }: { name: string; className?: string }) {
  const initials = name
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => word[0])
    .slice(0, 2)
    .join('')
    .toUpperCase();
  return (
    <span
      aria-hidden="true"
      className={cn(
        'inline-flex size-7 shrink-0 items-center justify-center rounded-full bg-hover text-2xs font-semibold text-muted',
        className,
      )}
    >
      {initials}
    </span>
  );
}
