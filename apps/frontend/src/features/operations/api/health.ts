import { endpoints } from '@outdial/contracts';
import { useQuery } from '@tanstack/react-query';
import { api } from '@/lib/api';
import { queryKeys } from '@/lib/query-keys';

/** Looked at again this often while the page is open. */
const REFRESH_MS = 10_000;

export function useHealth() {
  return useQuery({
    queryKey: queryKeys.health,
    queryFn: ({ signal }) => api(endpoints.health.show, {}, { signal }),
    refetchInterval: REFRESH_MS,
  });
}
