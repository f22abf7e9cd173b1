'use client';

import type { Sheet, SheetStatus } from '@outdial/contracts';
import { Download, Headset, Sheet as SheetIcon } from 'lucide-react';
import Link from 'next/link';
import { TimeAgo } from '@/components/call/time';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { EmptyState, ErrorState } from '@/components/ui/notice';
import { Progress } from '@/components/ui/progress';
import { Skeleton } from '@/components/ui/skeleton';
import { workspaceOf } from '@/config/routes';
import { messageOf } from '@/lib/api';
import { formatCount, plural } from '@/lib/format';
import type { Tone } from '@/lib/tones';
import { issuesCsvUrl, useSheets } from '../api/sheets';

const STATUS: Readonly<Record<SheetStatus, { word: string; tone?: Tone }>> = {
  uploaded: { word: 'Not taken in', tone: 'offline' },
  ready: { word: 'Ready', tone: 'ready' },
  running: { word: 'Being dialed', tone: 'dialing' },
  paused: { word: 'Paused', tone: 'paused' },
  finished: { word: 'Finished' },
};

/** One's sheets, newest first. */
export function SheetList() {
  const sheets = useSheets();
  if (sheets.isPending) return <Skeleton className="h-40" />;
  if (sheets.isError)
    return <ErrorState message={messageOf(sheets.error)} onRetry={() => void sheets.refetch()} />;
  const items = sheets.data.pages.flatMap((page) => page.items);
  if (items.length === 0)
    return (
      <EmptyState icon={SheetIcon} title="No sheets yet">
        Upload a sheet of leads above. It is checked on the spot, and you decide when to start.
      </EmptyState>
    );
  return (
    <section aria-label="Your sheets" className="grid gap-3">
      <SheetItems items={items} />
      {sheets.hasNextPage && (
        <Button
          className="justify-self-center"
          disabled={sheets.isFetchingNextPage}
          onClick={() => void sheets.fetchNextPage()}
        >
          Load more
        </Button>
      )}
    </section>
  );
}

export function SheetItems({ items }: { items: readonly Sheet[] }) {
  return (
    <ul className="divide-y overflow-hidden rounded-lg border bg-surface">
      {items.map((sheet) => (
        <SheetItem key={sheet.id} sheet={sheet} />
      ))}
    </ul>
  );
}

function SheetItem({ sheet }: { sheet: Sheet }) {
  const { word, tone } = STATUS[sheet.status];
  const total = sheet.counts?.taken ?? 0;
  const done = total - sheet.remaining;
  const left = sheet.counts ? sheet.counts.duplicates + sheet.counts.rejected : 0;
  return (
    <li className="flex flex-wrap items-center gap-x-5 gap-y-2 px-4 py-3">
      <div className="min-w-48 flex-1">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">{sheet.name}</span>
          <Badge tone={tone}>{word}</Badge>
        </p>
        <p className="mt-0.5 text-xs text-muted">
          <TimeAgo instant={sheet.createdAt} /> · {plural(total, 'lead')}
          {left > 0 && (
            <>
              {' · '}
              <a
                href={issuesCsvUrl(sheet.id)}
                download
                className="inline-flex items-center gap-1 underline underline-offset-2 hover:text-foreground"
              >
                {formatCount(left)} left out
                <Download aria-hidden="true" className="size-3" />
              </a>
            </>
          )}
        </p>
      </div>
      <div className="w-full sm:w-48">
        <p className="mb-1 text-xs text-muted tabular-nums">
          {formatCount(done)} of {formatCount(total)} dialed
        </p>
        <Progress label={`${sheet.name}: leads dialed`} value={done} max={total} />
      </div>
      {sheet.status === 'uploaded' ? (
        <p className="w-28 text-right text-xs text-muted">Upload it again</p>
      ) : (
        <Button asChild className="w-28" variant={sheet.remaining > 0 ? 'secondary' : 'ghost'}>
          <Link href={workspaceOf(sheet.id)} title={sheet.name}>
            {sheet.remaining > 0 && <Headset />}
            {sheet.remaining > 0 ? (done > 0 ? 'Resume' : 'Open') : 'Results'}
          </Link>
        </Button>
      )}
    </li>
  );
}
