'use client';

import { PageError } from '@/components/layout/page-error';
import './globals.css';

export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <title>Outdial</title>
        <main>
          <PageError digest={error.digest} />
        </main>
      </body>
    </html>
  );
}
