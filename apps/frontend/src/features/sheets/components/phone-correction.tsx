'use client';

import type { SheetMapping } from '@outdial/sheets';
import { useState } from 'react';
import { Input } from '@/components/ui/field';
import type { SheetReview } from '../sheet-review';

interface PhoneCorrectionProps {
  readonly line: number;
  /** The cell as it stands in the sheet. */
  readonly value: string;
  readonly review: SheetReview;
  readonly mapping: SheetMapping;
}

/** A phone cell that can be put right where it stands; the sheet's own text goes on being kept with the lead. */
export function PhoneCorrection({ line, value, review, mapping }: PhoneCorrectionProps) {
  const corrected = mapping.corrections?.find((each) => each.line === line)?.value;
  const [draft, setDraft] = useState(corrected ?? value);

  function settle() {
    if (draft.trim() !== (corrected ?? value).trim())
      review.correct(line, draft.trim() === value.trim() ? '' : draft);
  }

  return (
    <>
      <Input
        aria-label={`Number in row ${line}`}
        className="h-6 min-w-36 px-1.5 text-xs text-foreground"
        maxLength={60}
        value={draft}
        onChange={({ target }) => setDraft(target.value)}
        onBlur={settle}
        onKeyDown={({ key }) => key === 'Enter' && settle()}
      />
      {corrected !== undefined && (
        <span className="mt-0.5 block text-muted">In the sheet: {value || 'empty'}</span>
      )}
    </>
  );
}
