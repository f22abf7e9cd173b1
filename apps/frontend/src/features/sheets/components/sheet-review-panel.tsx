'use client';

import { FileSpreadsheet, LoaderCircle } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { IntakeProgress } from '@/components/sheet/intake-progress';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Progress } from '@/components/ui/progress';
import { useAfter } from '@/hooks/use-after';
import { formatBytes, formatCount, plural } from '@/lib/format';
import { useStartSheet } from '../hooks/use-start-sheet';
import { delimiterName } from '../reading-words';
import type { ReviewState, SheetReview } from '../sheet-review';
import { MappingForm } from './mapping-form';
import { RowOutcome } from './row-outcome';
import { SheetRows } from './sheet-rows';

/** Most sheets are taken in sooner: progress that is gone before it is read only disturbs. */
const WORTH_SHOWING_MS = 400;

interface SheetReviewPanelProps {
  readonly review: SheetReview;
  /** The sheet's id when the server has the file already. */
  readonly storedAs: string | null;
  readonly onCancel: () => void;
}

/** What was understood of a sheet, what becomes of its rows, and the button that starts dialing. */
export function SheetReviewPanel({ review, storedAs, onCancel }: SheetReviewPanelProps) {
  const state = useSyncExternalStore(review.subscribe, review.getSnapshot, review.getSnapshot);
  const { start, step, intake, problem } = useStartSheet(review, storedAs);
  const isLong = useAfter(WORTH_SHOWING_MS, step === 'importing');
  const { file } = review;
  const taken = state.step === 'read' ? state.summary?.counts.taken : undefined;

  return (
    <section aria-label="Sheet to dial" className="grid gap-4">
      <div className="sticky top-0 z-10 flex flex-wrap items-center gap-3 rounded-lg border bg-surface p-4">
        <FileSpreadsheet aria-hidden="true" className="size-6 shrink-0 stroke-[1.5] text-muted" />
        <div className="min-w-40 flex-1">
          <h2 className="truncate font-semibold">{file.name}</h2>
          <p className="text-xs text-muted">{smallPrint(state, file.size)}</p>
        </div>
        <Button variant="ghost" onClick={onCancel} disabled={step !== null}>
          Choose another
        </Button>
        <Button variant="primary" size="lg" disabled={!taken || step !== null} onClick={start}>
          Start dialing
        </Button>
        {step && (
          <p role="status" className="flex w-full items-center gap-2 text-muted">
            <LoaderCircle aria-hidden="true" className="size-4 motion-safe:animate-spin" />
            {step === 'uploading'
              ? `Step 1 of 2: sending ${formatBytes(file.size)}`
              : `Step 2 of 2: taking in ${plural(taken ?? 0, 'lead')}`}
          </p>
        )}
        {isLong && intake?.state === 'under-way' && <IntakeProgress name={file.name} intake={intake} />}
      </div>
      {problem && <Notice tone="error">{problem}</Notice>}
      {state.step === 'reading' && <p role="status">Reading {formatBytes(file.size)}…</p>}
      {state.step === 'unreadable' && <Notice tone="error">{state.message}</Notice>}
      {state.step === 'read' && (
        <>
          {state.preview.warnings.map((warning) => (
            <Notice key={warning} tone="wrapup">
              {warning}
            </Notice>
          ))}
          <MappingForm review={review} state={state} />
          {state.isRereading && <p role="status">Reading {formatBytes(file.size)} again…</p>}
          {state.problem && <Notice tone="error">{state.problem}</Notice>}
          {state.checking && (
            <div role="status" className="grid gap-1.5">
              <p className="text-xs text-muted tabular-nums">
                Checking numbers: {formatCount(state.checking.done)} of {plural(state.checking.total, 'row')}
              </p>
              <Progress label="Rows checked" value={state.checking.done} max={state.checking.total} />
            </div>
          )}
          {state.summary && <RowOutcome review={review} summary={state.summary} />}
          <SheetRows preview={state.preview} mapping={state.mapping} />
        </>
      )}
    </section>
  );
}

function smallPrint(state: ReviewState, size: number): string {
  if (state.step !== 'read') return formatBytes(size);
  const { preview } = state;
  return [
    plural(preview.rowCount, 'row'),
    formatBytes(size),
    preview.format === 'text' ? 'text' : preview.format.toUpperCase(),
    preview.encoding?.toUpperCase(),
    preview.delimiter && `separated by ${delimiterName(preview.delimiter).toLowerCase()}`,
    preview.sheetName && `worksheet “${preview.sheetName}”`,
  ]
    .filter(Boolean)
    .join(' · ');
}
