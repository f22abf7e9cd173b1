'use client';

import type { DialerState, Workstation, WorkstationSnapshot } from '@outdial/telephony';
import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from 'react';
import { useMe } from '../me';
import { useServerEvent } from '../realtime/realtime-provider';
import { openWorkstation } from './workstation';

/** Null until the telephone has been loaded, which happens after the first paint. */
const TelephonyContext = createContext<Workstation | null>(null);

/**
 * The signed-in agent's one workstation. It lives in the layout of the agent's pages, so that going from page to page
 * never drops a call.
 */
export function TelephonyProvider({ children }: { children: ReactNode }) {
  const { user, agent } = useMe();
  const [workstation, setWorkstation] = useState<Workstation | null>(null);
  const userId = user.id;
  const hasPhone = agent !== null;

  useEffect(() => {
    if (!hasPhone) return;
    const opened = openWorkstation(userId, setWorkstation);
    return () => {
      opened.close();
      setWorkstation(null);
    };
  }, [userId, hasPhone]);

  useEffect(() => {
    if (!workstation || !agent) return;
    workstation.setRingTimeout(agent.ringTimeoutSeconds * 1000);
    workstation.dialer.setWrapUp(agent.wrapUpSeconds * 1000);
  }, [workstation, agent]);

  useServerEvent((event) => {
    if (event.name === 'dialer-taken-over' && event.dialerSessionId === workstation?.dialer.sessionId)
      workstation?.dialer.takenOver(event.sheetId);
  });

  return <TelephonyContext value={workstation}>{children}</TelephonyContext>;
}

export function useWorkstation(): Workstation | null {
  return use(TelephonyContext);
}

const none = () => () => {};
const nothing = () => null;

/** Phone, call, microphone and uploads as they are now; null until the telephone is there. */
export function useWorkstationState(): WorkstationSnapshot | null {
  const workstation = useWorkstation();
  return useSyncExternalStore<WorkstationSnapshot | null>(
    workstation?.subscribe ?? none,
    workstation?.getSnapshot ?? nothing,
    nothing,
  );
}

/** The dialer as it is now; null until the telephone is there. */
export function useDialerState(): DialerState | null {
  const workstation = useWorkstation();
  return useSyncExternalStore<DialerState | null>(
    workstation?.dialer.subscribe ?? none,
    workstation?.dialer.getSnapshot ?? nothing,
    nothing,
  );
}
