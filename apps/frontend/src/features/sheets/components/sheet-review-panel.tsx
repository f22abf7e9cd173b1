'use client';

import type { LeadSummary, RowGroup } from '@outdial/sheets/leads/summary';
import { LoaderCircle, Play } from 'lucide-react';
import { type ReactNode, useState, useSyncExternalStore } from 'react';
import { IntakeProgress } from '@/components/sheet/intake-progress';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Progress } from '@/components/ui/progress';
import { useAfter } from '@/hooks/use-after';
import { formatBytes, formatCount, plural } from '@/lib/format';
import { useOverlap } from '../api/sheets';
import { useStartSheet } from '../hooks/use-start-sheet';
import { delimiterName } from '../reading-words';
import type { ReadState, ReviewState, SheetReview } from '../sheet-review';
import { ReadingForm } from './reading-form';
import { ReviewCounts } from './review-counts';
import { type KnownAnswer, ReviewQuestions } from './review-questions';
import { ReviewRows } from './review-rows';

/** Most sheets are taken in sooner: progress that is gone before it is read only disturbs. */
const WORTH_SHOWING_MS = 400;

interface SheetReviewPanelProps {
  readonly review: SheetReview;
  /** The sheet's id when the server has the file already. */
  readonly storedAs: string | null;
  readonly onCancel: () => void;
}

/** What becomes of a sheet's rows, what the file left open, and the button that starts dialing. */
export function SheetReviewPanel({ review, storedAs, onCancel }: SheetReviewPanelProps) {
  const state = useSyncExternalStore(review.subscribe, review.getSnapshot, review.getSnapshot);
  const [answer, setAnswer] = useState<KnownAnswer>('new');
  const summary = state.step === 'read' ? state.summary : null;
  const overlap = useOverlap(summary?.numbers ?? NOBODY).data ?? null;
  const isWithout = overlap !== null && answer === 'new';
  const { start, step, intake, problem } = useStartSheet(review, storedAs, isWithout ? [overlap.id] : []);
  const isLong = useAfter(WORTH_SHOWING_MS, step === 'importing');
  const { file } = review;
  const known = isWithout && summary ? knownOf(overlap.shared, summary) : 0;
  const taken = (summary?.counts.taken ?? 0) - known;

  return (
    <section aria-label="Sheet to dial" className="grid gap-3">
      <div className="sticky top-0 z-20 grid gap-3 rounded-lg border bg-surface p-3">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
          <div className="min-w-40 flex-1">
            <h2 className="truncate font-semibold">{file.name}</h2>
            <p className="text-xs text-muted">{smallPrint(state, file.size)}</p>
          </div>
          <Button variant="ghost" onClick={onCancel} disabled={step !== null}>
            Choose another
          </Button>
          <Button variant="primary" size="lg" disabled={taken === 0 || step !== null} onClick={start}>
            <Play />
            Start dialing{taken > 0 && ` ${formatCount(taken)}`}
          </Button>
        </div>
        {step && (
          <p role="status" className="flex w-full items-center gap-2 text-muted">
            <LoaderCircle aria-hidden="true" className="size-4 motion-safe:animate-spin" />
            {step === 'uploading'
              ? `Step 1 of 2: sending ${formatBytes(file.size)}`
              : `Step 2 of 2: taking in ${plural(taken, 'lead')}`}
          </p>
        )}
        {isLong && intake?.state === 'under-way' && <IntakeProgress name={file.name} intake={intake} />}
      </div>
      {problem && <Notice tone="error">{problem}</Notice>}
      {state.step === 'reading' && <p role="status">Reading {formatBytes(file.size)}…</p>}
      {state.step === 'unreadable' && <Notice tone="error">{state.message}</Notice>}
      {state.step === 'read' && (
        <Understood review={review} state={state} known={known}>
          <ReviewQuestions
            review={review}
            state={state}
            overlap={overlap}
            answer={answer}
            onAnswer={setAnswer}
          />
        </Understood>
      )}
    </section>
  );
}

const NOBODY: readonly string[] = [];

/** How many leads an earlier sheet has: exact where all numbers were compared. */
function knownOf(shared: number, { counts, numbers }: LeadSummary): number {
  return Math.round((shared * counts.taken) / Math.max(1, numbers.length));
}

interface UnderstoodProps {
  readonly review: SheetReview;
  readonly state: ReadState;
  readonly known: number;
  /** What the file left open. */
  readonly children: ReactNode;
}

/** A sheet that was read: counts, questions, rows. */
function Understood({ review, state, known, children }: UnderstoodProps) {
  const [shown, setShown] = useState<RowGroup>('all');
  const { preview, summary, checking } = state;
  const group = summary && summary.rows[shown].length > 0 ? shown : 'all';
  return (
    <>
      {summary && (
        <div className="rounded-lg border bg-surface p-2">
          <ReviewCounts counts={summary.counts} known={known} shown={group} onShow={setShown} />
        </div>
      )}
      {checking && (
        <div role="status" className="grid gap-1.5 rounded-lg border bg-surface p-3">
          <p className="text-xs text-muted tabular-nums">
            Checking numbers: {formatCount(checking.done)} of {plural(checking.total, 'row')}
          </p>
          <Progress label="Rows checked" value={checking.done} max={checking.total} />
        </div>
      )}
      {preview.warnings.map((warning) => (
        <Notice key={warning} tone="wrapup">
          {warning}
        </Notice>
      ))}
      {state.mapping.phoneColumns.length === 0 && (
        <Notice tone="wrapup">
          No column looks like telephone numbers. Say in the heads below which one is.
          {preview.format === 'text' &&
            ' If cells run together or letters look wrong, change the separator or the encoding.'}
        </Notice>
      )}
      {children}
      <ReadingForm review={review} state={state} />
      {state.isRereading && <p role="status">Reading {formatBytes(review.file.size)} again…</p>}
      {state.problem && <Notice tone="error">{state.problem}</Notice>}
      <ReviewRows review={review} state={state} group={group} />
    </>
  );
}

function smallPrint(state: ReviewState, size: number): string {
  if (state.step !== 'read') return formatBytes(size);
  const { preview } = state;
  return [
    formatBytes(size),
    preview.format === 'text' ? 'text' : preview.format.toUpperCase(),
    preview.encoding?.toUpperCase(),
    preview.delimiter && `separated by ${delimiterName(preview.delimiter).toLowerCase()}`,
    preview.sheetName && `worksheet “${preview.sheetName}”`,
  ]
    .filter(Boolean)
    .join(' · ');
}
