import { cn } from '@/lib/cn';

/** A place held for what is on its way. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cn('animate-pulse rounded bg-hover', className)} />;
}
