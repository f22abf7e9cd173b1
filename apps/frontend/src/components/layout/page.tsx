import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';

interface PageProps {
  readonly title: string;
  readonly description?: ReactNode;
  /** The page's one primary action. */
  readonly action?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A page's content with its one heading. */
export function Page({ title, description, action, className, children }: PageProps) {
  return (
    <div className={cn('mx-auto flex w-full max-w-6xl flex-col gap-4 px-4 py-5 pb-24 md:px-6', className)}>
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div className="min-w-0">
          <h1 className="text-lg font-semibold tracking-tight">{title}</h1>
          {description && <p className="text-muted">{description}</p>}
        </div>
        {action}
      </div>
      {children}
    </div>
  );
}
