import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from '@/lib/cn';

const CONTROL =
  'h-8 w-full rounded-md border border-border-strong bg-surface px-2.5 placeholder:text-muted/80 hover:border-muted focus-visible:outline-offset-0 disabled:opacity-50 aria-invalid:border-danger';

export function Input({ className, type = 'text', ...props }: ComponentProps<'input'>) {
  return <input type={type} className={cn(CONTROL, className)} {...props} />;
}

/** The browser's own list: quick, and right on every device. */
export function Select({ className, ...props }: ComponentProps<'select'>) {
  return <select className={cn(CONTROL, 'pr-7', className)} {...props} />;
}

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly className?: string;
  readonly children: (ids: { id: string; describedBy: string | undefined; invalid: boolean }) => ReactNode;
}

/** A control with its name above and what is wrong with it below. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className={cn('grid content-start gap-1.5', className)}>
      <label htmlFor={id} className="text-xs font-medium text-muted">
        {label}
      </label>
      {children({ id, describedBy: note ? noteId : undefined, invalid: error !== undefined })}
      {note && (
        <p id={noteId} className={cn('text-xs', error ? 'text-danger' : 'text-muted')}>
          {note}
        </p>
      )}
    </div>
  );
}
