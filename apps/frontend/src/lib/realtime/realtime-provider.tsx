'use client';

import type { ServerEvent } from '@outdial/contracts/platform/realtime';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useEffectEvent,
  useState,
  useSyncExternalStore,
} from 'react';
import { queryKeys } from '../query-keys';
import { goToSignIn } from '../sign-in-page';
import { type ConnectionState, RealtimeClient } from './realtime-client';

/** A dialing floor changes calls many times a second; lists are asked again this often at most. */
const REFRESH_MS = 2_000;

const RealtimeContext = createContext<RealtimeClient | null>(null);

/** Refreshes what is on the screen when the server says that it changed. */
function createRefresher(queries: QueryClient) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    calls() {
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey: queryKeys.calls });
      }, REFRESH_MS);
    },
    close: () => clearTimeout(timer),
  };
}

export function RealtimeProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [client] = useState(() => new RealtimeClient(() => void queries.invalidateQueries()));

  useEffect(() => {
    const refresher = createRefresher(queries);
    const unsubscribe = client.onEvent((event) => {
      if (event.name === 'call-changed') refresher.calls();
      if (event.name === 'queue-changed') {
        void queries.invalidateQueries({ queryKey: queryKeys.sheets });
        void queries.invalidateQueries({ queryKey: queryKeys.queue(event.sheetId) });
      }
      if (event.name === 'session-ended') goToSignIn();
    });
    const close = client.start();
    return () => {
      unsubscribe();
      refresher.close();
      close();
    };
  }, [client, queries]);

  return <RealtimeContext value={client}>{children}</RealtimeContext>;
}

function useRealtime(): RealtimeClient {
  const client = use(RealtimeContext);
  if (!client) throw new Error('useRealtime outside of RealtimeProvider');
  return client;
}

export function useConnection(): ConnectionState {
  const client = useRealtime();
  return useSyncExternalStore(client.subscribe, client.getSnapshot, () => 'connecting');
}

export function useServerEvent(listener: (event: ServerEvent) => void): void {
  const client = useRealtime();
  const onEvent = useEffectEvent(listener);
  useEffect(() => client.onEvent((event) => onEvent(event)), [client]);
}
