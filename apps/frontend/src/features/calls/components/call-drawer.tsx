'use client';

import type { CallDetail } from '@outdial/contracts';
import dynamic from 'next/dynamic';
import { CallStatusBadge } from '@/components/call/call-status-badge';
import { DataList } from '@/components/call/data-list';
import { EarlierCalls } from '@/components/call/earlier-calls';
import { PhoneNumber } from '@/components/call/phone-number';
import { Dialog, DrawerContent } from '@/components/ui/dialog';
import { EmptyState, ErrorState, Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { isNotFound, messageOf } from '@/lib/api';
import { formatClock, formatExact, formatSpan, formatTimer } from '@/lib/format';
import { useCall } from '../api/calls';

// The waveform is the heaviest thing of the page, and most rows are never opened.
const RecordingPlayer = dynamic(() => import('./recording-player').then((module) => module.RecordingPlayer), {
  loading: () => <Skeleton className="h-40" />,
  ssr: false,
});

/** One call in detail, beside the list. */
export function CallDrawer({ callId, onClose }: { callId: string | null; onClose: () => void }) {
  return (
    <Dialog open={callId !== null} onOpenChange={(open) => !open && onClose()}>
      <DrawerContent title="Call">{callId && <CallDetails key={callId} callId={callId} />}</DrawerContent>
    </Dialog>
  );
}

function CallDetails({ callId }: { callId: string }) {
  const call = useCall(callId);
  if (call.isPending) return <Skeleton className="m-4 h-64" />;
  if (call.isError)
    return isNotFound(call.error) ? (
      <EmptyState title="There is no such call">
        It may be someone else’s, or the link is not whole.
      </EmptyState>
    ) : (
      <ErrorState message={messageOf(call.error)} onRetry={() => void call.refetch()} />
    );
  const { data } = call;
  return (
    <div className="divide-y *:p-4" data-call-detail={data.id}>
      <Heading call={data} />
      {data.recording && <RecordingPlayer recording={data.recording} />}
      <Facts call={data} />
      <Timeline call={data} />
      {data.leadData && Object.keys(data.leadData).length > 0 && (
        <section aria-label="Lead" className="grid gap-2">
          <h3 className="text-xs font-medium text-muted">From the sheet</h3>
          <DataList data={data.leadData} />
        </section>
      )}
      <div>
        <EarlierCalls number={data.destination} except={data.id} />
      </div>
    </div>
  );
}

function Heading({ call }: { call: CallDetail }) {
  return (
    <div className="grid gap-2">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          {call.lead?.name && <p className="text-base font-semibold wrap-break-word">{call.lead.name}</p>}
          <PhoneNumber
            number={call.destination}
            className={call.lead?.name ? 'text-muted' : 'text-base font-semibold'}
          />
        </div>
        <CallStatusBadge status={call.status} />
      </div>
      {call.cause && <p>{call.cause}</p>}
      {call.interrupted && (
        <Notice tone="wrapup">The page was lost in mid-call. The times are the last ones known.</Notice>
      )}
    </div>
  );
}

const HANGUP_WORDS = { agent: 'Agent', remote: 'Other party', system: 'Outdial' } as const;

function Facts({ call }: { call: CallDetail }) {
  const facts: readonly (readonly [string, string | null])[] = [
    ['When', formatExact(call.startedAt)],
    ['Agent', call.agent.name],
    ['Sheet', call.sheet?.name ?? 'Dialed by hand'],
    ['Attempt', call.attempt === null ? null : String(call.attempt)],
    ['Rang', call.ringMs ? formatSpan(call.ringMs) : null],
    ['Talked', call.talkMs ? formatTimer(call.talkMs) : null],
    ['Ended by', call.hangupBy && HANGUP_WORDS[call.hangupBy]],
    ['SIP code', call.sipCode === null ? null : String(call.sipCode)],
  ];
  return (
    <section aria-label="Facts">
      <DataList
        data={Object.fromEntries(facts.filter((fact): fact is [string, string] => fact[1] !== null))}
      />
    </section>
  );
}

function Timeline({ call }: { call: CallDetail }) {
  return (
    <section aria-label="Timeline" className="grid gap-2">
      <h3 className="text-xs font-medium text-muted">Timeline</h3>
      <ol className="grid gap-1.5">
        {call.timeline.map(({ at, kind, text }) => (
          <li key={`${kind}${at}`} className="flex items-baseline gap-3">
            <time dateTime={at} title={formatExact(at)} className="text-xs text-muted">
              {formatClock(at)}
            </time>
            {text}
          </li>
        ))}
      </ol>
    </section>
  );
}
