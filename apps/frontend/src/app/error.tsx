'use client';

import { PageError } from '@/components/layout/page-error';

export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  return <PageError digest={error.digest} />;
}
