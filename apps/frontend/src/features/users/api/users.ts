import { endpoints, type NewUser, type Role, type SipAccount, type Team } from '@outdial/contracts';
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

/** For a list to choose from; where there is none, none can be chosen. */
export function useTeams() {
  return useQuery({
    queryKey: queryKeys.teams,
    queryFn: async ({ signal }): Promise<Team[]> => (await api(users.listTeams, {}, { signal })).items,
  });
}

/** The answer holds the one-time password: it is kept no longer than it is shown. */
export function useAddPerson() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewUser) => api(users.create, { body }),
    gcTime: 0,
    onSuccess: () => void queries.invalidateQueries({ queryKey: queryKeys.users }),
  });
}

/** The same holds for this one. */
export function useResetPassword(userId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api(users.resetPassword, { params: { userId } }),
    gcTime: 0,
    onSuccess: () => void queries.invalidateQueries({ queryKey: queryKeys.users }),
  });
}

/** Lets somebody sign in, or no more. */
export function useAllowPerson(userId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (mayEnter: boolean) => api(mayEnter ? users.enable : users.disable, { params: { userId } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: queryKeys.users }),
  });
}
