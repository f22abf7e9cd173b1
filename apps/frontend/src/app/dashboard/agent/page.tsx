import type { Metadata } from 'next';
import { Page } from '@/components/layout/page';
import { NewestCalls } from '@/features/calls/components/newest-calls';
import { TodayFigures } from '@/features/calls/components/today-figures';
import { SheetIntake } from '@/features/sheets/components/sheet-intake';
import { UnfinishedSheets } from '@/features/sheets/components/unfinished-sheets';

export const metadata: Metadata = { title: 'Workspace' };

export default function AgentPage() {
  return (
    <Page
      title="Workspace"
      description="Upload a sheet of leads and start dialing, or go on where you left off."
    >
      <SheetIntake>
        <UnfinishedSheets />
        <TodayFigures />
        <NewestCalls historyHref="/dashboard/agent/calls" />
      </SheetIntake>
    </Page>
  );
}
