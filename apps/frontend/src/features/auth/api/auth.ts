import { endpoints, type SessionInfo } from '@outdial/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/lib/api';
import { queryKeys } from '@/lib/query-keys';

const { auth } = endpoints;

export const signIn = (email: string, password: string) => api(auth.signIn, { body: { email, password } });

export const signOut = () => api(auth.signOut, {});

export function useSessions(enabled: boolean) {
  return useQuery({
    queryKey: queryKeys.sessions,
    queryFn: async ({ signal }): Promise<SessionInfo[]> =>
      (await api(auth.listSessions, {}, { signal })).items,
    enabled,
  });
}

/** Signs one of one's sessions out, or with `'others'` all but this one. */
export function useRevokeSessions() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (which: { sessionId: string } | 'others') =>
      which === 'others' ? api(auth.revokeOtherSessions, {}) : api(auth.revokeSession, { params: which }),
    onSettled: () => queries.invalidateQueries({ queryKey: queryKeys.sessions }),
  });
}
