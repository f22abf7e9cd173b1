import { AlertTriangle, Inbox, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';
import type { Tone } from '@/lib/tones';
import { Button } from './button';

interface NoticeProps {
  readonly tone: Tone;
  readonly icon?: LucideIcon;
  readonly children: ReactNode;
  readonly action?: ReactNode;
  readonly className?: string;
}

/** A sentence that needs attention where it stands, with the way out beside it. */
export function Notice({ tone, icon: Icon = AlertTriangle, children, action, className }: NoticeProps) {
  return (
    <div
      role={tone === 'error' ? 'alert' : 'status'}
      data-tone={tone}
      className={cn(
        'flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-tone-line bg-tone-soft px-3 py-2',
        className,
      )}
    >
      <Icon aria-hidden="true" className="size-4 shrink-0 text-tone" />
      <div className="min-w-40 flex-1">{children}</div>
      {action}
    </div>
  );
}

interface EmptyStateProps {
  readonly icon?: LucideIcon;
  readonly title: string;
  /** What to do next. */
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

export function EmptyState({ icon: Icon = Inbox, title, children, action }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-1 px-6 py-14 text-center">
      <Icon aria-hidden="true" className="mb-2 size-8 stroke-[1.25] text-muted" />
      <p className="font-medium">{title}</p>
      <p className="max-w-sm text-muted">{children}</p>
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}

export function ErrorState({ message, onRetry }: { message: string; onRetry: () => void }) {
  return (
    <div role="alert" className="grid justify-items-center gap-3 px-6 py-14 text-center">
      <AlertTriangle data-tone="error" aria-hidden="true" className="size-8 stroke-[1.25] text-tone" />
      <p className="max-w-sm">{message}</p>
      <Button onClick={onRetry}>Try again</Button>
    </div>
  );
}
