'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode, RefObject } from 'react';
import { cn } from '@/lib/cn';
import { Button } from './button';

export const Dialog = Radix.Root;
export const DialogTrigger = Radix.Trigger;
export const DialogClose = Radix.Close;

interface PanelProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

const OVERLAY =
  'fixed inset-0 z-40 bg-black/35 data-[state=open]:animate-in data-[state=open]:fade-in-0 dark:bg-black/60';

function Heading({ title, description }: Pick<PanelProps, 'title' | 'description'>) {
  return (
    <header className="flex items-start gap-3 border-b px-4 py-3">
      <div className="min-w-0 flex-1">
        <Radix.Title className="text-base font-semibold">{title}</Radix.Title>
        {description ? (
          <Radix.Description className="mt-0.5 text-muted">{description}</Radix.Description>
        ) : null}
      </div>
      <Radix.Close asChild>
        <Button variant="ghost" size="icon-sm" aria-label="Close">
          <X />
        </Button>
      </Radix.Close>
    </header>
  );
}

interface DialogContentProps extends PanelProps {
  /** Where the focus goes afterwards, when what opened it is gone by then: an entry of a menu. */
  readonly returnTo?: RefObject<HTMLElement | null> | undefined;
}

/** In the middle of the page, over everything. */
export function DialogContent({ title, description, className, children, returnTo }: DialogContentProps) {
  return (
    <Radix.Portal>
      <Radix.Overlay className={OVERLAY} />
      <Radix.Content
        {...(!description && { 'aria-describedby': undefined })}
        onCloseAutoFocus={(event) => {
          if (!returnTo?.current) return;
          event.preventDefault();
          returnTo.current.focus();
        }}
        className={cn(
          'fixed top-1/2 left-1/2 z-50 flex max-h-[min(40rem,calc(100dvh-2rem))] w-[min(32rem,calc(100vw-2rem))] -translate-1/2 flex-col rounded-lg border bg-surface shadow-float data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98',
          className,
        )}
      >
        <Heading title={title} description={description} />
        <div className="scroll-thin min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
      </Radix.Content>
    </Radix.Portal>
  );
}

/** At the page's side; the whole width on a phone. */
export function DrawerContent({
  title,
  description,
  className,
  children,
  side = 'right',
}: PanelProps & { side?: 'left' | 'right' }) {
  return (
    <Radix.Portal>
      <Radix.Overlay className={OVERLAY} />
      <Radix.Content
        {...(!description && { 'aria-describedby': undefined })}
        className={cn(
          'fixed inset-y-0 z-50 flex w-[min(30rem,100vw)] flex-col bg-surface shadow-float data-[state=open]:animate-in',
          side === 'right'
            ? 'right-0 border-l data-[state=open]:slide-in-from-right-8'
            : 'left-0 border-r data-[state=open]:slide-in-from-left-8',
          className,
        )}
      >
        <Heading title={title} description={description} />
        <div className="scroll-thin min-h-0 flex-1 overflow-y-auto">{children}</div>
      </Radix.Content>
    </Radix.Portal>
  );
}
