import type { Metadata } from 'next';
import { Page } from '@/components/layout/page';
import { CallHistory } from '@/features/calls/components/call-history';

export const metadata: Metadata = { title: 'Call history' };

export default function CallsPage() {
  return (
    <Page title="Call history" className="h-full min-h-112 max-w-none pb-4">
      <CallHistory />
    </Page>
  );
}
