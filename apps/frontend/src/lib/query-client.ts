import { ApiError } from '@outdial/contracts/core/client';
import { defaultShouldDehydrateQuery, QueryCache, QueryClient } from '@tanstack/react-query';
import { isPasswordDue, isSignedOut } from './api';
import { goToChoosePassword, goToSignInAfterCall } from './sign-in-page';

/** Only what may pass by itself is tried again: an answer of "no" stays one. */
function mayPass(failures: number, error: Error): boolean {
  const passing = error instanceof ApiError && (error.code === 'unavailable' || error.status >= 500);
  return passing && failures < 2;
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (typeof window === 'undefined') return;
        if (isSignedOut(error)) goToSignInAfterCall();
        if (isPasswordDue(error)) goToChoosePassword();
      },
    }),
    defaultOptions: {
      queries: { staleTime: 15_000, retry: mayPass, refetchOnWindowFocus: true },
      mutations: { retry: false },
      dehydrate: { shouldDehydrateQuery: (query) => defaultShouldDehydrateQuery(query) },
    },
  });
}
