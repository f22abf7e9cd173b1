'use client';

import type { Sheet, SheetStatus } from '@outdial/contracts';
import { Download, Headset, Sheet as SheetIcon } from 'lucide-react';
import Link from 'next/link';
import { TimeAgo } from '@/components/call/time';
import { IntakeProgress } from '@/components/sheet/intake-progress';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { EmptyState, ErrorState } from '@/components/ui/notice';
import { Progress } from '@/components/ui/progress';
import { Skeleton } from '@/components/ui/skeleton';
import { reviewOf, workspaceOf } from '@/config/routes';
import { messageOf } from '@/lib/api';
import { formatCount, plural } from '@/lib/format';
import { intakeOf } from '@/lib/sheet-intake';
import type { Tone } from '@/lib/tones';
import { issuesCsvUrl, useSheets } from '../api/sheets';

const STATUS: Readonly<Record<SheetStatus, { word: string; tone?: Tone }>> = {
  uploaded: { word: 'Not taken in', tone: 'offline' },
  importing: { word: 'Being taken in', tone: 'dialing' },
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
  const intake = intakeOf(sheet);
  return (
    <li className="flex flex-wrap items-center gap-x-5 gap-y-2 px-4 py-3">
      <div className="min-w-48 flex-1">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">{sheet.name}</span>
          <Badge tone={intake?.state === 'failed' ? 'error' : tone}>{word}</Badge>
        </p>
        <p className="mt-0.5 text-xs text-muted">
          <TimeAgo instant={sheet.createdAt} />
          {sheet.counts && <Counts sheetId={sheet.id} counts={sheet.counts} />}
          {intake?.state === 'failed' && ` · ${intake.message}`}
        </p>
      </div>
      {intake === null && <Dialed sheet={sheet} />}
      {intake?.state === 'under-way' && (
        <IntakeProgress name={sheet.name} intake={intake} className="sm:w-48" />
      )}
      <WayOn sheet={sheet} />
    </li>
  );
}

function Counts({ sheetId, counts }: { sheetId: string; counts: NonNullable<Sheet['counts']> }) {
  const left = counts.duplicates + counts.rejected + counts.known;
  return (
    <>
      {' · '}
      {plural(counts.taken, 'lead')}
      {left > 0 && (
        <>
          {' · '}
          <a
            href={issuesCsvUrl(sheetId)}
            download
            className="inline-flex items-center gap-1 underline underline-offset-2 hover:text-foreground"
          >
            {formatCount(left)} left out
            <Download aria-hidden="true" className="size-3" />
          </a>
        </>
      )}
    </>
  );
}

const dialedOf = ({ counts, remaining }: Sheet) => (counts?.taken ?? 0) - remaining;

function Dialed({ sheet }: { sheet: Sheet }) {
  const total = sheet.counts?.taken ?? 0;
  const done = dialedOf(sheet);
  return (
    <div className="w-full sm:w-48">
      <p className="mb-1 text-xs text-muted tabular-nums">
        {formatCount(done)} of {formatCount(total)} dialed
      </p>
      <Progress label={`${sheet.name}: leads dialed`} value={done} max={total} />
    </div>
  );
}

/** The one thing to do next with a sheet. */
function WayOn({ sheet }: { sheet: Sheet }) {
  const { id, name, remaining } = sheet;
  if (sheet.status === 'uploaded')
    return (
      <Button asChild>
        <Link href={reviewOf(id)} title={name}>
          Choose columns
        </Link>
      </Button>
    );
  const isOver = remaining === 0 && sheet.status !== 'importing';
  const word = sheet.counts && dialedOf(sheet) > 0 ? 'Resume' : 'Open';
  return (
    <Button asChild className="w-28" variant={isOver ? 'ghost' : 'secondary'}>
      <Link href={workspaceOf(id)} title={name}>
        {remaining > 0 && <Headset />}
        {isOver ? 'Results' : word}
      </Link>
    </Button>
  );
}
