'use client';

import type { EventName, EventPayload } from '@outdial/contracts';
import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
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
import { type ConnectionState, type People, RealtimeClient } from './realtime-client';
import { Refresher } from './refresher';

/** A dialing floor changes calls many times a second; lists are asked again this often at most. */
const LISTS_MS = 2_000;
const ONE_THING_MS = 100;

const RealtimeContext = createContext<RealtimeClient | null>(null);

/** Refreshes what is on the screen when the server says that it changed. */
export function RealtimeProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const router = useRouter();
  const [client] = useState(
    () =>
      new RealtimeClient({
        onMissed: () => {
          void queries.invalidateQueries();
          router.refresh();
        },
        onSessionEnded: goToSignIn,
      }),
  );

  useEffect(() => {
    const refresher = new Refresher();
    const refresh = (queryKey: QueryKey) =>
      refresher.soon(queryKey.join(' '), ONE_THING_MS, () => queries.invalidateQueries({ queryKey }));
    const refreshCallLists = () =>
      queries.invalidateQueries({
        queryKey: queryKeys.calls,
        // Each has a fact of its own.
        predicate: ({ queryKey }) => !isCallDetail(queryKey),
      });
    const endings = [
      client.onFact('call.changed', ({ callId }) => {
        refresh(queryKeys.callDetail(callId));
        refresher.soon('calls', LISTS_MS, refreshCallLists);
      }),
      client.onFact('queue.changed', ({ sheetId }) => {
        refresh(queryKeys.sheets);
        refresh(queryKeys.queue(sheetId));
      }),
      client.onFact('sheet.changed', ({ sheetId }) => {
        refresh(queryKeys.sheets);
        refresh(queryKeys.queue(sheetId));
      }),
      client.onFact('user.changed', () => refresh(queryKeys.users)),
      // Who is signed in, and what is set for them, came with the page.
      client.onFact('settings.changed', () => router.refresh()),
      client.start(),
    ];
    return () => {
      for (const end of endings) end();
      refresher.close();
    };
  }, [client, queries, router]);

  return <RealtimeContext value={client}>{children}</RealtimeContext>;
}

function isCallDetail([noun, part]: QueryKey): boolean {
  const [calls, detail] = queryKeys.callDetail('');
  return noun === calls && part === detail;
}

export function useRealtime(): RealtimeClient {
  const client = use(RealtimeContext);
  if (!client) throw new Error('useRealtime outside of RealtimeProvider');
  return client;
}

export function useConnection(): ConnectionState {
  const client = useRealtime();
  return useSyncExternalStore(client.subscribe, client.getSnapshot, () => 'connecting');
}

/** Who is there, as far as the signed-in person may know; null until the server has said it. */
export function usePeople(): People | null {
  const client = useRealtime();
  return useSyncExternalStore(client.subscribe, client.getPeople, () => null);
}

/** Hears of each fact of this name, once and in order. */
export function useFact<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): void {
  const client = useRealtime();
  const onFact = useEffectEvent(listener);
  useEffect(() => client.onFact(name, (payload) => onFact(payload)), [client, name]);
}
