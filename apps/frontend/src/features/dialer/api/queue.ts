import { type DialerSettings, endpoints } from '@outdial/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '@/lib/api';
import { queryKeys } from '@/lib/query-keys';
import { intakeOf } from '@/lib/sheet-intake';
import { useDialerState } from '@/lib/telephony/telephony-provider';

const { me, queue } = endpoints;

/** While the sheet is taken in, should a word of the server be lost. */
const NET_MS = 2_000;

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
    refetchInterval: ({ state }) =>
      state.data && intakeOf(state.data.sheet)?.state === 'under-way' ? NET_MS : false,
  });
}

export function useSaveDialerSettings() {
  return useMutation({
    mutationFn: (change: Partial<DialerSettings>) => api(me.updateDialerSettings, { body: change }),
  });
}
