import { type Call, endpoints } from '@outdial/contracts';
import { useQuery } from '@tanstack/react-query';
import { api } from './api';
import { queryKeys } from './query-keys';

const SHOWN = 6;

/** The last ended calls to a number, as far as one may see them. */
export function useEarlierCalls(number: string | null, except?: string) {
  return useQuery({
    queryKey: [...queryKeys.calls, 'number', number],
    queryFn: ({ signal }) =>
      api(endpoints.calls.list, { query: { number: number ?? '', limit: SHOWN + 1 } }, { signal }),
    enabled: number !== null,
    select: ({ items }): Call[] =>
      items.filter(({ id, status }) => id !== except && status !== 'in-progress').slice(0, SHOWN),
  });
}
