'use client';

import type { CountryCode } from '@outdial/sheets';
import { type ReactNode, useEffect, useState } from 'react';
import { useMe } from '@/lib/me';
import { SheetReview } from '../sheet-review';
import { SheetDrop } from './sheet-drop';
import { SheetReviewPanel } from './sheet-review-panel';

/** From file to first call: drop, look at what was understood, start. `children` are shown until a file is chosen. */
export function SheetIntake({ children }: { children: ReactNode }) {
  const { organization } = useMe();
  const [review, setReview] = useState<SheetReview | null>(null);
  useEffect(() => () => review?.close(), [review]);

  if (review) return <SheetReviewPanel review={review} onCancel={() => setReview(null)} />;
  return (
    <>
      <SheetDrop
        onFile={(file) => setReview(new SheetReview(file, organization.defaultCountry as CountryCode))}
      />
      {children}
    </>
  );
}
