'use client';

import type { Call } from '@outdial/contracts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { CallStatusBadge } from '@/components/call/call-status-badge';
import { PhoneNumber } from '@/components/call/phone-number';
import { TimeAgo } from '@/components/call/time';
import { Button } from '@/components/ui/button';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { cn } from '@/lib/cn';
import { formatTimer } from '@/lib/format';
import { InlinePlay } from './inline-play';

const ROW_PX = 40;
/** Rows from the end at which the next page is asked for. */
const LOAD_AHEAD = 10;

interface CallTableProps {
  readonly rows: readonly Call[];
  readonly withAgents: boolean;
  readonly openCallId: string | null;
  readonly onOpen: (callId: string) => void;
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  readonly onMore: () => void;
}

/** Only the rows in view are in the page, however many there are. */
export function CallTable(props: CallTableProps) {
  const { rows, withAgents, openCallId, onOpen, hasMore, loadingMore, onMore } = props;
  const scroller = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  const nearEnd = last !== undefined && last.index >= rows.length - LOAD_AHEAD && last.index > LOAD_AHEAD * 2;

  useEffect(() => {
    if (nearEnd && hasMore && !loadingMore) onMore();
  }, [nearEnd, hasMore, loadingMore, onMore]);

  return (
    <ScrollRegion ref={scroller} label="List of calls" className="min-h-0 flex-1">
      <table
        aria-rowcount={hasMore ? -1 : rows.length + 1}
        className="w-full table-fixed border-separate border-spacing-0"
      >
        <thead className="sticky top-0 z-10 bg-sunken text-left text-xs text-muted">
          <tr>
            <Head className="hidden w-28 md:table-cell">When</Head>
            <Head className="w-38">Status</Head>
            <Head>Lead</Head>
            <Head className="hidden w-40 md:table-cell">Number</Head>
            {withAgents && <Head className="hidden w-36 lg:table-cell">Agent</Head>}
            <Head className="hidden w-44 xl:table-cell">Sheet</Head>
            <Head className="hidden w-20 text-right sm:table-cell">Talk</Head>
            <Head className="w-14 text-center">
              <span className="sr-only">Recording</span>
            </Head>
          </tr>
        </thead>
        <tbody>
          {first && first.start > 0 && <tr style={{ height: first.start }} />}
          {items.map(({ index }) => {
            const call = rows[index];
            return call ? (
              <CallRow
                key={call.id}
                call={call}
                index={index}
                withAgents={withAgents}
                open={call.id === openCallId}
                onOpen={onOpen}
              />
            ) : null;
          })}
          {last && <tr style={{ height: virtual.getTotalSize() - last.end }} />}
        </tbody>
      </table>
      {hasMore && (
        <div className="grid place-items-center py-3">
          <Button size="sm" disabled={loadingMore} onClick={onMore}>
            {loadingMore ? `Loading after ${rows.length} calls` : 'Load more'}
          </Button>
        </div>
      )}
    </ScrollRegion>
  );
}

function Head({ className, children }: { className?: string; children: React.ReactNode }) {
  return (
    <th scope="col" className={cn('border-b px-3 py-2 font-medium', className)}>
      {children}
    </th>
  );
}

interface CallRowProps {
  readonly call: Call;
  readonly index: number;
  readonly withAgents: boolean;
  readonly open: boolean;
  readonly onOpen: (callId: string) => void;
}

function CallRow({ call, index, withAgents, open, onOpen }: CallRowProps) {
  const cell = 'truncate border-b px-3';
  return (
    <tr
      aria-rowindex={index + 2}
      data-call-id={call.id}
      style={{ height: ROW_PX }}
      onClick={() => onOpen(call.id)}
      className={cn('cursor-pointer hover:bg-hover', open && 'bg-hover')}
    >
      <td className={cn(cell, 'hidden text-muted md:table-cell')}>
        <TimeAgo instant={call.startedAt} />
      </td>
      <td className={cell}>
        <CallStatusBadge status={call.status} />
      </td>
      <td className={cell}>
        <button
          type="button"
          onClick={(event) => {
            event.stopPropagation();
            onOpen(call.id);
          }}
          className="block max-w-full truncate rounded text-left leading-4 font-medium"
        >
          {call.lead?.name ?? (call.lead ? 'No name' : 'Dialed by hand')}
        </button>
        <TimeAgo instant={call.startedAt} className="block text-2xs leading-4 text-muted md:hidden" />
      </td>
      <td className={cn(cell, 'hidden md:table-cell')}>
        <PhoneNumber number={call.destination} />
      </td>
      {withAgents && <td className={cn(cell, 'hidden text-muted lg:table-cell')}>{call.agent.name}</td>}
      <td className={cn(cell, 'hidden text-muted xl:table-cell')}>{call.sheet?.name ?? ''}</td>
      <td className={cn(cell, 'hidden text-right sm:table-cell')}>
        {call.talkMs ? formatTimer(call.talkMs) : ''}
      </td>
      <td className={cn(cell, 'px-1 text-center')}>
        {call.recording && <InlinePlay recording={call.recording} />}
      </td>
    </tr>
  );
}
