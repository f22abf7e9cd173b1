'use client';

import { useUnfinishedSheets } from '../api/sheets';
import { SheetItems } from './sheet-list';

/** Where one left off; nothing when there is nothing to go on with. */
export function UnfinishedSheets() {
  const { data } = useUnfinishedSheets();
  if (!data?.length) return null;
  return (
    <section aria-label="Go on with" className="grid gap-2">
      <h2 className="font-medium">Go on with</h2>
      <SheetItems items={data} />
    </section>
  );
}
