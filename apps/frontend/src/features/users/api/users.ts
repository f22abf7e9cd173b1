import { endpoints, type Role, type SipAccount } from '@outdial/contracts';
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { api } from '@/lib/api';
import { queryKeys } from '@/lib/query-keys';

const { users } = endpoints;

const PAGE_SIZE = 50;

export function useUsers(search: string, role: Role | null) {
  return useInfiniteQuery({
    queryKey: [...queryKeys.users, search, role],
    queryFn: ({ pageParam, signal }) =>
      api(
        users.list,
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

/** Asked anew each time a form opens, and not while somebody types into it. */
export function useSipAccount(userId: string) {
  return useQuery({
    queryKey: [...queryKeys.users, 'sip-account', userId],
    queryFn: ({ signal }) => api(users.showSipAccount, { params: { userId } }, { signal }),
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

export function useSaveSipAccount(userId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: SipAccount) => api(users.putSipAccount, { params: { userId }, body }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: queryKeys.users }),
  });
}
