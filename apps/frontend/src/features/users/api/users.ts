import { endpoints, type Role } from '@outdial/contracts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { api } from '@/lib/api';
import { queryKeys } from '@/lib/query-keys';

const PAGE_SIZE = 50;

export function useUsers(search: string, role: Role | null) {
  return useInfiniteQuery({
    queryKey: [...queryKeys.users, search, role],
    queryFn: ({ pageParam, signal }) =>
      api(
        endpoints.users.list,
        {
          query: {
            limit: PAGE_SIZE,
            ...(search && { search }),
            ...(role && { role }),
            ...(pageParam && { cursor: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}
