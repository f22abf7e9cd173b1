'use client';

import { useRouter } from 'next/navigation';
import { useSetPageTitle } from '@/components/layout/page-title';
import { Button } from '@/components/ui/button';
import { EmptyState, ErrorState } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { isNotFound, messageOf } from '@/lib/api';
import { intakeOf } from '@/lib/sheet-intake';
import { useDialerState, useWorkstation, useWorkstationState } from '@/lib/telephony/telephony-provider';
import { useQueue } from '../api/queue';
import { presentLead, recentResults } from '../dialer-view';
import { CallPanel } from './call-panel';
import { LeadPanel } from './lead-panel';
import { QueuePanel } from './queue-panel';
import { TopStrip } from './top-strip';

/** Who, what and next of one sheet, on one screen. */
export function Workspace({ sheetId }: { sheetId: string }) {
  const router = useRouter();
  const queue = useQueue(sheetId);
  const workstation = useWorkstation();
  const state = useWorkstationState();
  const dialer = useDialerState();
  useSetPageTitle(queue.data?.sheet.name ?? null);

  if (queue.isPending) return <Skeleton className="m-4 h-96" />;
  if (queue.isError) {
    if (!isNotFound(queue.error))
      return <ErrorState message={messageOf(queue.error)} onRetry={() => void queue.refetch()} />;
    return (
      <EmptyState
        title="There is no such sheet"
        action={<Button onClick={() => router.push('/dashboard/agent/sheets')}>Show my sheets</Button>}
      >
        It may belong to someone else.
      </EmptyState>
    );
  }

  const here = dialer !== null && dialer.sheetId === sheetId;
  // Until the dialer has the queue (it may be refused it), the page's own answer counts.
  const started =
    here && dialer.queue !== null && dialer.phase.name !== 'idle' && dialer.phase.name !== 'stopped';
  const upcoming = started ? dialer.upcoming : queue.data.upcoming;
  const phase = dialer?.phase;
  const present = presentLead(phase, upcoming);
  const isComing = intakeOf(queue.data.sheet) !== null;
  const callId = phase && 'callId' in phase ? phase.callId : undefined;

  return (
    <div
      data-dialer-state={phase?.name ?? 'loading'}
      data-call-state={state?.call.name ?? 'idle'}
      className="flex min-h-full flex-col gap-3 p-3 lg:h-full lg:min-h-0"
    >
      <TopStrip queue={queue.data} state={state} dialer={dialer} />
      <div className="grid min-h-0 flex-1 gap-3 lg:grid-cols-[minmax(15rem,1fr)_minmax(24rem,2fr)_minmax(16rem,1.1fr)]">
        <CallPanel
          className="lg:order-2"
          sheetId={sheetId}
          queue={queue.data}
          workstation={workstation}
          state={state}
          dialer={dialer}
        />
        <LeadPanel className="lg:order-1" present={present} isComing={isComing} callId={callId} />
        <QueuePanel
          className="lg:order-3"
          upcoming={upcoming.filter(({ id }) => present?.is !== 'current' || id !== present.lead.id)}
          remaining={queue.data.counts.remaining}
          isComing={isComing}
          results={recentResults(here ? dialer.results : [], queue.data.recent)}
          dialer={started ? (workstation?.dialer ?? null) : null}
        />
      </div>
    </div>
  );
}
