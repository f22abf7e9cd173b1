import type { Metadata } from 'next';
import { Page } from '@/components/layout/page';
import { AddPerson } from '@/features/users/components/add-person';
import { PeopleTable } from '@/features/users/components/people-table';

export const metadata: Metadata = { title: 'People' };

export default function PeoplePage() {
  return (
    <Page title="People" action={<AddPerson />}>
      <PeopleTable />
    </Page>
  );
}
