'use client';

import type { CountryCode } from '@outdial/sheets';
import { useRouter, useSearchParams } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { ErrorState } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { messageOf } from '@/lib/api';
import { useMe } from '@/lib/me';
import { useSheetFile } from '../api/sheets';
import { SheetReview } from '../sheet-review';
import { SheetDrop } from './sheet-drop';
import { SheetReviewPanel } from './sheet-review-panel';

/**
 * From file to first call: drop, look at what was understood, start. `children` are shown until a file is chosen. With
 * `?review=<sheet>` the file is the one that was uploaded: what had to be chosen anew is chosen here.
 */
export function SheetIntake({ children }: { children: ReactNode }) {
  const router = useRouter();
  const storedAs = useSearchParams().get('review');
  const [chosen, setChosen] = useState<File | null>(null);
  const stored = useSheetFile(chosen ? null : storedAs);
  const file = chosen ?? stored.data;

  function cancel() {
    setChosen(null);
    if (storedAs) router.replace('/dashboard/agent/sheets');
  }

  if (file)
    return <Review key={storedAs} file={file} storedAs={chosen ? null : storedAs} onCancel={cancel} />;
  if (stored.isFetching) return <Skeleton className="h-40" />;
  return (
    <>
      {stored.isError && (
        <ErrorState message={messageOf(stored.error)} onRetry={() => void stored.refetch()} />
      )}
      <SheetDrop onFile={setChosen} />
      {children}
    </>
  );
}

interface ReviewProps {
  readonly file: File;
  readonly storedAs: string | null;
  readonly onCancel: () => void;
}

function Review({ file, storedAs, onCancel }: ReviewProps) {
  const { organization } = useMe();
  const [review, setReview] = useState<SheetReview | null>(null);
  // As it was at first: what was chosen since is not thrown away when the setting changes.
  const [country] = useState(organization.defaultCountry as CountryCode);
  useEffect(() => {
    const opened = new SheetReview(file, country);
    setReview(opened);
    return () => opened.close();
  }, [file, country]);

  return review && <SheetReviewPanel review={review} storedAs={storedAs} onCancel={onCancel} />;
}
