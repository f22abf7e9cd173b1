import { endpoints } from '@outdial/contracts';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from '@/lib/api';
import { queryKeys } from '@/lib/query-keys';
import { type CallFilters, toQuery } from '../call-filters';
import { dayStart } from '../day-range';

const { calls } = endpoints;
const PAGE_SIZE = 50;

export function useCalls(filters: CallFilters) {
  return useInfiniteQuery({
    queryKey: [...queryKeys.calls, 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      api(
        calls.list,
        { query: { ...toQuery(filters), limit: PAGE_SIZE, ...(pageParam && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

export function useCall(callId: string) {
  return useQuery({
    queryKey: queryKeys.callDetail(callId),
    queryFn: ({ signal }) => api(calls.show, { params: { callId } }, { signal }),
  });
}

export function useCallAgents(enabled: boolean) {
  return useQuery({
    queryKey: ['call-agents'],
    queryFn: async ({ signal }) => (await api(calls.agents, {}, { signal })).items,
    enabled,
    staleTime: 5 * 60_000,
  });
}

/** Figures since midnight in the viewer's zone. */
export function useToday() {
  return useQuery({
    queryKey: [...queryKeys.calls, 'today'],
    queryFn: ({ signal }) => {
      const from = dayStart(new Date());
      const to = dayStart(new Date(), 1);
      return api(calls.summary, { query: { from: from.toISOString(), to: to.toISOString() } }, { signal });
    },
    refetchInterval: 60_000,
  });
}
