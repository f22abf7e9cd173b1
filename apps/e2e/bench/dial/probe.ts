/**
 * Runs in both pages before anything else and notes the same moments at the same places: clicks as the browser got
 * them, SIP requests as they go into the WebSocket, and the peer connection's own word that audio can flow.
 */
export interface Moment {
  readonly what: 'click' | 'invite' | 'connected' | 'media';
  /** Milliseconds on the page's clock (`performance.now()`). */
  readonly at: number;
  /** Of a click: what stands on the button. */
  readonly button?: string;
}

declare global {
  interface Window {
    benchMoments: Moment[];
  }
}

const moments: Moment[] = [];
window.benchMoments = moments;

window.addEventListener(
  'click',
  ({ target, timeStamp }) => {
    const button = target instanceof Element ? target.closest('button')?.textContent : undefined;
    if (button) moments.push({ what: 'click', at: timeStamp, button });
  },
  { capture: true },
);

/** Via branches of the INVITEs of each call, by Call-ID. */
const branches = new Map<string, string[]>();

const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (this: WebSocket, data) {
  if (typeof data === 'string') noteRequest(data);
  send.call(this, data);
};

function noteRequest(message: string): void {
  const at = performance.now();
  const callId = /^Call-ID: *(.+)$/im.exec(message)?.[1];
  const branch = /^Via:.*;branch=([^;\s]+)/im.exec(message)?.[1];
  if (!callId || !branch) return;
  if (message.startsWith('INVITE ')) {
    const known = branches.get(callId);
    // A challenged INVITE is sent again with credentials; the call began with the first.
    if (known) known.push(branch);
    else {
      branches.set(callId, [branch]);
      moments.push({ what: 'invite', at });
    }
  }
  // The ACK of a 2xx is a transaction of its own; others repeat the INVITE's branch (RFC 3261 §13.2.2.4, §17.1.1.3).
  // A late one is asked for again.
  if (message.startsWith('ACK ') && branches.get(callId)?.includes(branch) === false) {
    branches.set(callId, [...(branches.get(callId) ?? []), branch]);
    moments.push({ what: 'connected', at });
  }
}

window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    this.addEventListener('connectionstatechange', () => {
      if (this.connectionState === 'connected') moments.push({ what: 'media', at: performance.now() });
    });
  }
};
