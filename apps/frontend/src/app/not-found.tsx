import { Compass } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { Button } from '@/components/ui/button';

export const metadata: Metadata = { title: 'Page not found' };

export default function NotFoundPage() {
  return (
    <main className="grid min-h-[70dvh] place-items-center px-4">
      <div className="grid max-w-sm justify-items-center gap-2 text-center">
        <Compass aria-hidden="true" className="size-9 stroke-[1.25] text-muted" />
        <h1 className="text-lg font-semibold">There is no such page</h1>
        <p className="text-muted">It may have moved, or the address has a typing error.</p>
        <Button asChild variant="primary" className="mt-3">
          <Link href="/">Go to your dashboard</Link>
        </Button>
      </div>
    </main>
  );
}
