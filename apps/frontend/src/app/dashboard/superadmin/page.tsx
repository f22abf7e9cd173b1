import type { Metadata } from 'next';
import { Page } from '@/components/layout/page';
import { NewestCalls } from '@/features/calls/components/newest-calls';
import { TodayFigures } from '@/features/calls/components/today-figures';

export const metadata: Metadata = { title: 'Today' };

export default function SuperadminPage() {
  return (
    <Page title="Today">
      <TodayFigures headingHidden />
      <NewestCalls historyHref="/dashboard/superadmin/calls" />
    </Page>
  );
}
