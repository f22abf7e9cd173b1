'use client';

import { CloudOff } from 'lucide-react';
import { Button } from '@/components/ui/button';

/** @param digest names the error in the server's log */
export function PageError({ digest }: { digest: string | undefined }) {
  return (
    <div role="alert" className="grid min-h-[70dvh] place-items-center px-4">
      <div className="grid max-w-sm justify-items-center gap-2 text-center">
        <CloudOff aria-hidden="true" className="size-9 stroke-[1.25] text-muted" />
        <h1 className="text-lg font-semibold">This page could not be shown</h1>
        <p className="text-muted">
          The server may be restarting. What you did before is safe. Try again in a moment.
        </p>
        <Button variant="primary" className="mt-3" onClick={() => window.location.reload()}>
          Try again
        </Button>
        {digest && <p className="mt-2 text-xs text-muted">Reference: {digest}</p>}
      </div>
    </div>
  );
}
