'use client';

import { PhoneOff } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { EmptyState, ErrorState } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { messageOf } from '@/lib/api';
import { useMe } from '@/lib/me';
import { useCalls } from '../api/calls';
import { useCallUrl } from '../hooks/use-call-url';
import { CallDrawer } from './call-drawer';
import { CallFilterBar } from './call-filter-bar';
import { CallTable } from './call-table';

/** The call history of whatever the viewer may see. */
export function CallHistory() {
  const { permissions } = useMe();
  const seesAll = permissions.includes('call:read-organization');
  const { filters, setFilters, callId, openCall } = useCallUrl();
  const calls = useCalls(filters);
  const rows = calls.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Object.keys(filters).length > 0;

  return (
    <>
      <CallFilterBar filters={filters} onChange={setFilters} withAgents={seesAll} />
      <section
        aria-label="Calls"
        className="flex min-h-0 flex-1 flex-col overflow-hidden rounded-lg border bg-surface"
      >
        {calls.isPending && <TableSkeleton />}
        {calls.isError && rows.length === 0 && (
          <ErrorState message={messageOf(calls.error)} onRetry={() => void calls.refetch()} />
        )}
        {calls.isSuccess && rows.length === 0 && (
          <EmptyState
            icon={PhoneOff}
            title={filtered ? 'No calls match' : 'No calls yet'}
            action={filtered && <Button onClick={() => setFilters({})}>Clear filters</Button>}
          >
            {filtered
              ? 'Take away a filter, or choose more days.'
              : seesAll
                ? 'Calls appear here as soon as an agent dials.'
                : 'Upload a sheet and start dialing: every call is kept here.'}
          </EmptyState>
        )}
        {rows.length > 0 && (
          <CallTable
            rows={rows}
            withAgents={seesAll}
            openCallId={callId}
            onOpen={openCall}
            hasMore={calls.hasNextPage}
            loadingMore={calls.isFetchingNextPage}
            onMore={() => void calls.fetchNextPage()}
          />
        )}
      </section>
      <CallDrawer callId={callId} onClose={() => openCall(null)} />
    </>
  );
}

const SKELETON_ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];

function TableSkeleton() {
  return (
    <div role="status" aria-label="Loading calls" className="grid gap-3 p-4">
      {SKELETON_ROWS.map((row) => (
        <Skeleton key={row} className="h-5" />
      ))}
    </div>
  );
}
