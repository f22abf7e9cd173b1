import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

interface ScrollRegionProps extends ComponentProps<'section'> {
  /** Names the region for screen readers. */
  readonly label: string;
}

/** A part that scrolls by itself, also by key (WCAG 2.1.1). */
export function ScrollRegion({ label, className, ...props }: ScrollRegionProps) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key.
      tabIndex={0}
      aria-label={label}
      className={cn('scroll-thin overflow-auto', className)}
      {...props}
    />
  );
}
