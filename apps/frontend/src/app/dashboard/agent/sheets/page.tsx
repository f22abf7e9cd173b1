import type { Metadata } from 'next';
import { Page } from '@/components/layout/page';
import { SheetIntake } from '@/features/sheets/components/sheet-intake';
import { SheetList } from '@/features/sheets/components/sheet-list';

export const metadata: Metadata = { title: 'Sheets' };

export default function SheetsPage() {
  return (
    <Page title="Sheets">
      <SheetIntake>
        <SheetList />
      </SheetIntake>
    </Page>
  );
}
