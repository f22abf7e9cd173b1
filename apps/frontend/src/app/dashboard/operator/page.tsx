import type { Metadata } from 'next';
import { Page } from '@/components/layout/page';
import { HealthPanel } from '@/features/operations/components/health-panel';
import { QueueLink } from '@/features/operations/components/queue-link';

export const metadata: Metadata = { title: 'Operations' };

export default function OperatorPage() {
  return (
    <Page title="Operations">
      <HealthPanel />
      <QueueLink />
    </Page>
  );
}
