import type { CallsGateway, Workstation } from '@outdial/telephony';
import { toast } from 'sonner';
import { callsGateway, filingServer, getCredentials, queueGateway } from './gateways';
import { microphoneConstraints } from './microphone-preference';

const REGISTRATION_WAIT_MS = 8_000;

/** Loads the telephone and starts it; `onOpen` is told when it is there. */
export function openWorkstation(
  userId: string,
  heartbeat: CallsGateway['heartbeat'],
  onOpen: (workstation: Workstation) => void,
): { close(): void } {
  let close = () => {};
  let closed = false;
  void import('@outdial/telephony').then(({ createWorkstation, leaveGuard }) => {
    if (closed) return;
    const workstation = createWorkstation({
      userId,
      getCredentials,
      calls: callsGateway(heartbeat),
      queue: queueGateway,
      server: filingServer,
      microphone: microphoneConstraints(),
    });
    const unguard = leaveGuard(workstation);
    close = () => {
      unguard();
      workstation.close();
    };
    workstation.start();
    onOpen(workstation);
  }, notLoaded);
  return {
    close() {
      closed = true;
      close();
    },
  };
}

/** A server that was renewed has other files than this page knows of. */
function notLoaded(): void {
  toast.error('The phone could not be loaded.', {
    duration: Number.POSITIVE_INFINITY,
    action: { label: 'Reload the page', onClick: () => window.location.reload() },
  });
}

/** Resolves when the phone is registered, or after a while when it is not: the dialer then says why. */
function whenRegistered(workstation: Workstation): Promise<void> {
  const isRegistered = () => workstation.getSnapshot().registration.state === 'registered';
  if (isRegistered()) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
    const timer = setTimeout(done, REGISTRATION_WAIT_MS);
    const unsubscribe = workstation.subscribe(() => {
      if (isRegistered()) done();
    });
  });
}

/**
 * Dials a sheet; to be called in answer to a click or a key. Lets go of another sheet that is not in a call.
 * A click right after the page came up waits for the phone to register.
 */
export async function startDialing(workstation: Workstation, sheetId: string): Promise<void> {
  const { dialer } = workstation;
  // The microphone is asked for now, while the click counts; a refusal is told by the dialer.
  void workstation.prepare().catch(() => undefined);
  await whenRegistered(workstation);
  const { phase, sheetId: present } = dialer.getSnapshot();
  if (phase.name === 'paused' && present === sheetId) return dialer.resume();
  if (phase.name === 'paused') dialer.stop();
  dialer.start(sheetId);
}
