'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { type CallFilters, readFilters, writeFilters } from '../call-filters';

/** Filters and the open call, as the URL has them. */
export function useCallUrl() {
  const pathname = usePathname();
  const search = useSearchParams();
  const filters = useMemo(() => readFilters(search), [search]);

  // Next follows the browser's history; through its router each filter would ask the server for the page again.
  const go = useCallback(
    (next: URLSearchParams) =>
      window.history.pushState(null, '', next.size > 0 ? `${pathname}?${next}` : pathname),
    [pathname],
  );
  const setFilters = useCallback((next: CallFilters) => go(writeFilters(search, next)), [go, search]);
  const openCall = useCallback(
    (callId: string | null) => {
      const next = new URLSearchParams(search);
      if (callId) next.set('call', callId);
      else next.delete('call');
      go(next);
    },
    [go, search],
  );
  return { filters, setFilters, callId: search.get('call'), openCall };
}
