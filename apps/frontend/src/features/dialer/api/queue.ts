import { type DialerSettings, endpoints } from '@outdial/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '@/lib/api';
import { queryKeys } from '@/lib/query-keys';
import { useDialerState } from '@/lib/telephony/telephony-provider';

const { me, queue } = endpoints;

/** Where the sheet stands, from whoever asked last: this page, or the dialer between two calls. */
export function useQueue(sheetId: string) {
  const queries = useQueryClient();
  const dialer = useDialerState();
  const known = dialer?.queue?.sheet.id === sheetId ? dialer.queue : null;
  useEffect(() => {
    if (known) queries.setQueryData(queryKeys.queue(sheetId), known);
  }, [known, queries, sheetId]);
  return useQuery({
    queryKey: queryKeys.queue(sheetId),
    queryFn: ({ signal }) => api(queue.show, { params: { sheetId }, query: {} }, { signal }),
  });
}

export function useSaveDialerSettings() {
  return useMutation({
    mutationFn: (change: Partial<DialerSettings>) => api(me.updateDialerSettings, { body: change }),
  });
}
