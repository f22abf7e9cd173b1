import type { SoftphoneCredentials } from '@outdial/contracts';
import { AudioDevices } from './audio-devices';
import { isLive } from './call/call-machine';
import { JssipPhone } from './call/jssip-phone';
import { Microphone } from './call/microphone';
import type { QueueGateway } from './dialer/queue-gateway';
import type { FilingServer } from './outbox/delivery';
import { Outbox } from './outbox/outbox';
import { CallRecorder } from './recorder/call-recorder';
import type { Unsubscribe } from './store';
import { tabSessionId } from './tab-session';
import { type CallsGateway, Workstation } from './workstation';

export interface BrowserWorkstationOptions {
  userId: string;
  getCredentials: () => Promise<SoftphoneCredentials>;
  calls: CallsGateway;
  queue: QueueGateway;
  server: FilingServer;
  /** Echo cancellation, noise suppression and gain control unless told otherwise. */
  microphone?: MediaTrackConstraints;
}

/** A workstation on this browser's own telephone, microphone and disk. Call `start` on it. */
export function createWorkstation(options: BrowserWorkstationOptions): Workstation {
  const phone = new JssipPhone({ getCredentials: options.getCredentials });
  const microphone = new Microphone(options.microphone ? { constraints: options.microphone } : {});
  const audioDevices = new AudioDevices({
    apply: ({ microphoneId, speakerId }) => {
      microphone.prefer(microphoneId);
      phone.setSpeaker(speakerId);
    },
  });
  // The browser names devices once it was allowed one.
  microphone.subscribe(audioDevices.refresh);
  return new Workstation({
    phone,
    microphone,
    audioDevices,
    recorder: new CallRecorder(),
    outbox: new Outbox({ userId: options.userId, server: options.server }),
    calls: options.calls,
    queue: options.queue,
    sessionId: tabSessionId(),
  });
}

/** Has the browser ask before a page with a call is left, or with calls that the server does not have yet. */
export function leaveGuard(workstation: Workstation, page: Window = window): Unsubscribe {
  const ask = (event: BeforeUnloadEvent) => {
    const { call, outbox } = workstation.getSnapshot();
    if (isLive(call) || outbox.waiting > 0) event.preventDefault();
  };
  page.addEventListener('beforeunload', ask);
  return () => page.removeEventListener('beforeunload', ask);
}
