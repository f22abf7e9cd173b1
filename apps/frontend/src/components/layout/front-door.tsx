import type { ReactNode } from 'react';
import { Logo } from './logo';

interface FrontDoorProps {
  readonly title: string;
  readonly description: ReactNode;
  /** Below the panel. */
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/** A page for who is not in yet: one panel in its middle. */
export function FrontDoor({ title, description, footer, children }: FrontDoorProps) {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-88">
        <div className="mb-6 flex items-center gap-3">
          <Logo className="size-9 shrink-0" />
          <div>
            <h1 className="text-lg leading-tight font-semibold tracking-tight">{title}</h1>
            <p className="text-muted">{description}</p>
          </div>
        </div>
        <div className="rounded-lg border bg-surface p-5">{children}</div>
        {footer}
      </div>
    </main>
  );
}
