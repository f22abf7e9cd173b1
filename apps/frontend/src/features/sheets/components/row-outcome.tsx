'use client';

import type { LeadSummary } from '@outdial/sheets/worker-protocol';
import { CircleCheck, CircleX, Copy, Download, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { cn } from '@/lib/cn';
import { formatCount } from '@/lib/format';
import { saveTextAs } from '@/lib/save-as';
import type { Tone } from '@/lib/tones';
import type { SheetReview } from '../sheet-review';

type Kind = 'duplicates' | 'rejected';

interface RowOutcomeProps {
  readonly review: SheetReview;
  readonly summary: LeadSummary;
}

/** How many rows are taken, repeated or rejected; the last two open to show which and why. */
export function RowOutcome({ review, summary }: RowOutcomeProps) {
  const [shown, setShown] = useState<Kind | null>(null);
  const { counts } = summary;
  const toggle = (kind: Kind) =>
    counts[kind] > 0 ? () => setShown(shown === kind ? null : kind) : undefined;

  async function download() {
    const name = review.file.name.replace(/\.\w+$/, '');
    saveTextAs(`${name} - rejected.csv`, await review.rejectsCsv(), 'text/csv;charset=utf-8');
  }

  return (
    <section aria-label="What becomes of the rows" className="grid gap-3">
      <div className="grid gap-3 sm:grid-cols-3">
        <Count tone="ready" icon={CircleCheck} count={counts.taken} word="taken" hint="will be dialed" />
        <Count
          tone="paused"
          icon={Copy}
          count={counts.duplicates}
          word={counts.duplicates === 1 ? 'duplicate' : 'duplicates'}
          hint="the first one is dialed"
          onClick={toggle('duplicates')}
          open={shown === 'duplicates'}
        />
        <Count
          tone={counts.rejected > 0 ? 'error' : 'paused'}
          icon={CircleX}
          count={counts.rejected}
          word="rejected"
          hint="cannot be dialed"
          onClick={toggle('rejected')}
          open={shown === 'rejected'}
        />
      </div>
      {shown === 'duplicates' && (
        <RowTable
          title="Duplicates"
          total={counts.duplicates}
          head={['Line', 'Number', 'Why']}
          rows={summary.duplicates.map(({ line, phone, firstLine }) => ({
            line,
            value: phone,
            why: `Line ${firstLine} has this number already.`,
          }))}
        />
      )}
      {shown === 'rejected' && (
        <RowTable
          title="Rejected rows"
          total={counts.rejected}
          head={['Line', 'Phone cell', 'Why']}
          rows={summary.rejected.map(({ line, value, message }) => ({ line, value, why: message }))}
          action={
            <Button size="sm" onClick={() => void download()}>
              <Download />
              Download as CSV
            </Button>
          }
        />
      )}
    </section>
  );
}

interface CountProps {
  readonly tone: Tone;
  readonly icon: LucideIcon;
  readonly count: number;
  readonly word: string;
  readonly hint: string;
  readonly onClick?: (() => void) | undefined;
  readonly open?: boolean;
}

function Count({ tone, icon: Icon, count, word, hint, onClick, open = false }: CountProps) {
  const content = (
    <>
      <Icon aria-hidden="true" data-tone={tone} className="size-5 shrink-0 text-tone" />
      <span>
        <span className="text-base font-semibold tabular-nums">{formatCount(count)}</span>{' '}
        <span className="font-medium">{word}</span>
        <span className="block text-xs text-muted">
          {onClick ? `${hint}; ${open ? 'hide' : 'show'} them` : hint}
        </span>
      </span>
    </>
  );
  const style = 'flex items-center gap-3 rounded-lg border bg-surface px-4 py-3 text-left';
  if (!onClick) return <div className={style}>{content}</div>;
  return (
    <button
      type="button"
      aria-expanded={open}
      onClick={onClick}
      className={cn(style, 'hover:bg-hover', open && 'border-muted')}
    >
      {content}
    </button>
  );
}

interface RowTableProps {
  readonly title: string;
  readonly total: number;
  readonly head: readonly string[];
  readonly rows: readonly { line: number; value: string; why: string }[];
  readonly action?: React.ReactNode;
}

function RowTable({ title, total, head, rows, action }: RowTableProps) {
  return (
    <div className="overflow-hidden rounded-lg border bg-surface">
      <div className="flex items-center justify-between gap-3 border-b px-3 py-2">
        <h3 className="text-xs font-medium text-muted">
          {title}
          {rows.length < total && `: first ${formatCount(rows.length)} of ${formatCount(total)}`}
        </h3>
        {action}
      </div>
      <ScrollRegion label={title} className="max-h-72">
        <table className="w-full text-xs">
          <thead className="sticky top-0 bg-sunken text-left">
            <tr>
              {head.map((name) => (
                <th key={name} scope="col" className="px-3 py-1.5 font-medium text-muted">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ line, value, why }) => (
              <tr key={line} className="border-t">
                <td className="w-16 px-3 py-1.5 text-muted">{line}</td>
                <td className="max-w-52 truncate px-3 py-1.5 font-medium">{value || '(empty)'}</td>
                <td className="px-3 py-1.5">{why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </div>
  );
}
