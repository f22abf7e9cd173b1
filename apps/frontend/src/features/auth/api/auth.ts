import { endpoints, type PasswordChange, type SessionInfo } from '@outdial/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { api, isSignedOut, messageOf } from '@/lib/api';
import { queryKeys } from '@/lib/query-keys';
import { goToSignIn, signingOut } from '@/lib/sign-in-page';

const { auth, me } = endpoints;

export const signIn = (email: string, password: string) => api(auth.signIn, { body: { email, password } });

const signOut = () => api(auth.signOut, {});

/** Signs out, and leaves for the sign-in page. */
export function useLeave(): () => void {
  const leaving = useMutation({
    mutationFn: signOut,
    // A whole page load: nothing of this user stays in memory.
    onMutate: () => signingOut(true),
    onSuccess: goToSignIn,
    onError: (error) => {
      if (isSignedOut(error)) return goToSignIn();
      signingOut(false);
      toast.error(messageOf(error));
    },
  });
  return leaving.mutate;
}

export function useChangePassword() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: PasswordChange) => api(me.changePassword, { body }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: queryKeys.sessions }),
  });
}

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
