import type { LeadSummary, RowGroup } from '@outdial/sheets/leads/summary';
import { cn } from '@/lib/cn';
import { formatCount } from '@/lib/format';
import type { Tone } from '@/lib/tones';

interface ReviewCountsProps {
  readonly counts: LeadSummary['counts'];
  /** Leads that an earlier sheet has and that are left out. */
  readonly known: number;
  readonly shown: RowGroup;
  readonly onShow: (group: RowGroup) => void;
}

interface Part {
  readonly group: RowGroup | null;
  readonly count: number;
  readonly words: string;
  readonly tone: Tone;
}

/** The sum first: every row of the file in one place, each of which opens its rows. */
export function ReviewCounts({ counts, known, shown, onShow }: ReviewCountsProps) {
  const parts: readonly Part[] = [
    { group: 'taken', count: counts.taken - known, words: 'will be dialed', tone: 'ready' },
    ...(known > 0 ? [{ group: null, count: known, words: 'dialed before', tone: 'talking' } as const] : []),
    {
      group: 'duplicate',
      count: counts.duplicates,
      words: counts.duplicates === 1 ? 'duplicate' : 'duplicates',
      tone: 'paused',
    },
    { group: 'rejected', count: counts.rejected, words: 'rejected', tone: 'error' },
    { group: 'not-data', count: counts.notData, words: 'not data', tone: 'offline' },
  ];
  return (
    <section aria-label="What becomes of the rows" className="grid min-w-0 flex-1 gap-2">
      <div className="flex flex-wrap items-stretch">
        <Figure
          group="all"
          count={counts.rows}
          words={counts.rows === 1 ? 'row in the file' : 'rows in the file'}
          shown={shown}
          onShow={onShow}
        />
        {parts.map((part, index) => (
          <span key={part.words} className="flex items-center">
            <span aria-hidden="true" className="px-1 text-muted">
              {index === 0 ? '=' : '+'}
            </span>
            <Figure {...part} shown={shown} onShow={onShow} />
          </span>
        ))}
      </div>
      <div aria-hidden="true" className="flex h-1 overflow-hidden rounded-full bg-sunken">
        {parts.map(({ words, tone, count }) => (
          <span
            key={words}
            data-tone={tone}
            className="bg-tone"
            style={{ width: `${(100 * count) / Math.max(1, counts.rows)}%` }}
          />
        ))}
      </div>
    </section>
  );
}

interface FigureProps {
  readonly group: RowGroup | null;
  readonly count: number;
  readonly words: string;
  readonly tone?: Tone;
  readonly shown: RowGroup;
  readonly onShow: (group: RowGroup) => void;
}

function Figure({ group, count, words, tone, shown, onShow }: FigureProps) {
  const content = (
    <>
      <span className="block text-xl leading-7 font-semibold tabular-nums">{formatCount(count)}</span>{' '}
      <span className="flex items-center gap-1.5 text-xs whitespace-nowrap text-muted">
        {tone && <span aria-hidden="true" data-tone={tone} className="size-2 rounded-full bg-tone" />}
        {words}
      </span>
    </>
  );
  if (group === null || count === 0) return <div className="px-2.5 py-1.5">{content}</div>;
  return (
    <button
      type="button"
      aria-pressed={shown === group}
      onClick={() => onShow(group)}
      className={cn('rounded-md px-2.5 py-1.5 text-left hover:bg-hover', shown === group && 'bg-hover')}
    >
      {content}
    </button>
  );
}
