import { cn } from '@/lib/cn';

/** A key as printed on a button. Hidden from screen readers, which hear `aria-keyshortcuts` instead. */
export function Kbd({ children, className }: { children: string; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        'ml-0.5 hidden min-w-4.5 items-center justify-center rounded border border-current/35 px-1 font-sans text-2xs leading-4 font-medium md:inline-flex',
        className,
      )}
    >
      <kbd className="font-sans">{children}</kbd>
    </span>
  );
}
