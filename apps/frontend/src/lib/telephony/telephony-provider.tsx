'use client';

import type { DialerState, Readable, Workstation, WorkstationSnapshot } from '@outdial/telephony';
import { isLive } from '@outdial/telephony/call/call-machine';
import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { useMe } from '../me';
import { useFact, useRealtime } from '../realtime/realtime-provider';
import { stayWhile } from '../sign-in-page';
import { agentState, pageStateOf } from './agent-state';
import { openWorkstation } from './workstation';

/** Null until the telephone has been loaded, which happens after the first paint. */
const TelephonyContext = createContext<Workstation | null>(null);

/**
 * The signed-in agent's one workstation. It lives in the layout of the agent's pages, so that going from page to page
 * never drops a call.
 */
export function TelephonyProvider({ children }: { children: ReactNode }) {
  const { user, agent } = useMe();
  const realtime = useRealtime();
  const [workstation, setWorkstation] = useState<Workstation | null>(null);
  const userId = user.id;
  const hasPhone = agent !== null;

  useEffect(() => {
    if (!hasPhone) return;
    const opened = openWorkstation(userId, (callId) => realtime.callAlive(callId), setWorkstation);
    return () => {
      opened.close();
      setWorkstation(null);
      stayWhile(() => false);
    };
  }, [userId, hasPhone, realtime]);

  useEffect(() => {
    if (!workstation || !agent) return;
    stayWhile(() => isLive(workstation.getSnapshot().call));
    workstation.setRingTimeout(agent.ringTimeoutSeconds * 1000);
    workstation.dialer.setWrapUp(agent.wrapUpSeconds * 1000);
  }, [workstation, agent]);

  useFact('dialer.taken-over', ({ sheetId, dialerSessionId }) => {
    if (dialerSessionId === workstation?.dialer.sessionId) workstation?.dialer.takenOver(sheetId);
  });

  return (
    <TelephonyContext value={workstation}>
      <TellState />
      {children}
    </TelephonyContext>
  );
}

/** Tells the server what the agent is doing; whoever may know of it sees it. */
function TellState() {
  const realtime = useRealtime();
  const state = pageStateOf(agentState(useWorkstationState(), useDialerState()));
  useEffect(() => realtime.tellState(state), [realtime, state]);
  return null;
}

export function useWorkstation(): Workstation | null {
  return use(TelephonyContext);
}

/**
 * Rendering waits this long: around an INVITE the page's thread belongs to the phone. Up to 100 ms seem immediate to a
 * person (https://www.nngroup.com/articles/response-times-3-important-limits/).
 */
const RENDER_AFTER_MS = 90;

const nothing = () => null;

type Subscribe = (listener: () => void) => () => void;

/** Tells of changes a moment later, and of several at once. */
function unhurried(subscribe: Subscribe): Subscribe {
  return (listener) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = subscribe(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        listener();
      }, RENDER_AFTER_MS);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  };
}

/** Phone, call, microphone and uploads as they are now; null until the telephone is there. */
export function useWorkstationState(): WorkstationSnapshot | null {
  return useReadable(useWorkstation());
}

/** The dialer as it is now; null until the telephone is there. */
export function useDialerState(): DialerState | null {
  return useReadable(useWorkstation()?.dialer ?? null);
}

function useReadable<T>(readable: Readable<T> | null): T | null {
  const subscribe = useMemo(
    () => (readable ? unhurried(readable.subscribe) : () => () => undefined),
    [readable],
  );
  return useSyncExternalStore<T | null>(subscribe, readable?.getSnapshot ?? nothing, nothing);
}
