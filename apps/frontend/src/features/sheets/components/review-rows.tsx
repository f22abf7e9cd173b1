'use client';

import type { LeadSummary, RowGroup, RowOutcome, SummaryRow } from '@outdial/sheets/leads/summary';
import { CircleX, Copy, Download, type LucideIcon, Text } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/field';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { cn } from '@/lib/cn';
import { formatCount } from '@/lib/format';
import { formatPhone } from '@/lib/phone';
import { saveTextAs } from '@/lib/save-as';
import type { Tone } from '@/lib/tones';
import { type ColumnRole, ROLE_WORDS, roleOf } from '../column-roles';
import type { ReadState, SheetReview } from '../sheet-review';
import { PhoneCorrection } from './phone-correction';

interface ReviewRowsProps {
  readonly review: SheetReview;
  readonly state: ReadState;
  readonly group: RowGroup;
}

const GROUP_WORDS: Readonly<Record<RowGroup, string>> = {
  all: 'rows',
  taken: 'rows that will be dialed',
  duplicate: 'duplicates',
  rejected: 'rejected rows',
  'not-data': 'lines that are not data',
};

/** Rows as they stand in the file, what will be dialed of each, and in the heads what the columns are taken for. */
export function ReviewRows({ review, state, group }: ReviewRowsProps) {
  const { preview, mapping, summary, isRereading } = state;
  const rows = rowsOf(state, group);
  const total = summary ? countOf(summary, group) : preview.rowCount;
  const rejected = summary?.counts.rejected ?? 0;

  async function download() {
    const name = review.file.name.replace(/\.\w+$/, '');
    saveTextAs(`${name} - rejected.csv`, await review.rejectsCsv(), 'text/csv;charset=utf-8');
  }

  return (
    <section aria-label="First rows" className="overflow-hidden rounded-lg border bg-surface">
      <div className="flex flex-wrap items-center gap-2 border-b px-3 py-2">
        <h3 className="flex-1 text-xs text-muted">
          {rows.length < total
            ? `First ${formatCount(rows.length)} of ${formatCount(total)} ${GROUP_WORDS[group]}`
            : `All ${GROUP_WORDS[group]}`}
        </h3>
        {rejected > 0 && (
          <Button size="sm" onClick={() => void download()}>
            <Download />
            Rejected as CSV
          </Button>
        )}
      </div>
      <ScrollRegion label="Rows of the sheet" className="max-h-[34rem]">
        <table className="w-full border-collapse text-xs">
          <thead className="sticky top-0 z-10 bg-sunken text-left align-top">
            <tr>
              <th scope="col" className="px-3 py-2 text-right font-medium text-muted">
                Row
              </th>
              <th scope="col" className="px-3 py-2 font-medium whitespace-nowrap">
                Will be dialed
              </th>
              {preview.columns.map(({ index, name }) => (
                <th key={index} scope="col" className="min-w-28 px-2 py-1.5 font-normal">
                  <Select
                    aria-label={`Column “${name}” is`}
                    disabled={isRereading}
                    className={cn(
                      'h-7 w-auto pr-6 pl-2 text-xs font-medium',
                      roleOf(mapping, index) === 'shown' ? 'text-muted' : 'border-accent',
                    )}
                    value={roleOf(mapping, index)}
                    onChange={({ target }) => review.setRole(index, target.value as ColumnRole)}
                  >
                    {Object.entries(ROLE_WORDS).map(([role, words]) => (
                      <option key={role} value={role}>
                        {role === 'phone' ? phoneWords(words, mapping.phoneColumns.indexOf(index)) : words}
                      </option>
                    ))}
                  </Select>
                  <span className="mt-0.5 block max-w-48 truncate text-muted" title={name}>
                    {name}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.line} row={row} review={review} state={state} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}

const phoneWords = (words: string, place: number) => (place > 0 ? `${words} ${place + 1}` : words);

function countOf({ counts }: LeadSummary, group: RowGroup): number {
  switch (group) {
    case 'all':
      return counts.rows;
    case 'taken':
      return counts.taken;
    case 'duplicate':
      return counts.duplicates;
    case 'rejected':
      return counts.rejected;
    case 'not-data':
      return counts.notData;
  }
}

type ShownRow = Omit<SummaryRow, 'outcome'> & { outcome: RowOutcome | null };

/** The rows of a group; before the numbers have been checked, the first of the file. */
function rowsOf({ summary, preview }: ReadState, group: RowGroup): readonly ShownRow[] {
  return summary ? summary.rows[group] : preview.rows.map((row) => ({ ...row, outcome: null }));
}

interface RowProps {
  readonly row: ShownRow;
  readonly review: SheetReview;
  readonly state: ReadState;
}

function Row({ row: { line, cells, outcome }, review, state }: RowProps) {
  const { preview, mapping } = state;
  const isTaken = outcome === null || outcome.kind === 'taken';
  const [first] = mapping.phoneColumns;
  const isCorrected = mapping.corrections?.some((each) => each.line === line) ?? false;
  return (
    <tr className={cn('border-t', !isTaken && 'text-muted')}>
      <td className="px-3 py-1.5 text-right text-muted tabular-nums">{line}</td>
      <td className="border-r bg-sunken/40 px-3 py-1.5 whitespace-nowrap">
        {outcome && <Outcome outcome={outcome} />}
      </td>
      {preview.columns.map(({ index }) => {
        const isPhone = index === first;
        const isWrong = isPhone && outcome?.kind === 'rejected';
        return (
          <td
            key={index}
            data-tone={isWrong ? 'error' : undefined}
            className={cn(
              'max-w-64 truncate px-2.5 py-1.5',
              isTaken && mapping.nameColumns.includes(index) && 'font-medium',
              isWrong && 'bg-tone-soft outline-2 -outline-offset-2 outline-tone',
            )}
          >
            {isPhone && (isWrong || isCorrected) ? (
              <PhoneCorrection line={line} value={cells[index] ?? ''} review={review} mapping={mapping} />
            ) : (
              (cells[index] ?? '')
            )}
          </td>
        );
      })}
    </tr>
  );
}

function Outcome({ outcome }: { outcome: RowOutcome }) {
  switch (outcome.kind) {
    case 'taken':
      return (
        <span className="font-medium tabular-nums">
          {formatPhone(outcome.phone, '')}
          {outcome.extension && ` ext. ${outcome.extension}`}
          {outcome.alternatePhones.length > 0 && (
            <span className="ml-1.5 font-normal text-muted">+{outcome.alternatePhones.length}</span>
          )}
        </span>
      );
    case 'duplicate':
      return <Mark icon={Copy} tone="paused" words={`Same number as row ${outcome.firstLine}`} />;
    case 'rejected':
      return <Mark icon={CircleX} tone="error" words={outcome.message} />;
    case 'not-data':
      return <Mark icon={Text} tone="offline" words={outcome.message} />;
  }
}

function Mark({ icon: Icon, tone, words }: { icon: LucideIcon; tone: Tone; words: string }) {
  return (
    <span data-tone={tone} className="inline-flex max-w-72 items-start gap-1.5 whitespace-normal text-tone">
      <Icon aria-hidden="true" className="mt-px size-3.5 shrink-0" />
      {words}
    </span>
  );
}
