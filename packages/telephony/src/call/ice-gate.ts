export interface OfferGate {
  /** Longest wait for ICE candidates, in milliseconds. */
  capMs: number;
  /** Whether a STUN or TURN server may still find candidates better than the first. */
  hasIceServers: boolean;
}

/**
 * Makes a peer connection's offers leave as early as they are of use.
 *
 * JsSIP sends an offer when `setLocalDescription` has resolved *and* ICE gathering is complete; a silent STUN server
 * then costs 40 s a call. Here `setLocalDescription` of an offer with new ICE credentials (RFC 8839: the first one,
 * and each ICE restart) resolves at the first server-reflexive or relayed candidate (with no ICE server at the first of
 * any kind: the end of gathering is told 120 ms later), at the end of gathering, or after `capMs`, whichever is first.
 * Candidates found later reach the other side as peer-reflexive ones.
 *
 * Other offers (hold, early media answered again) pass untouched.
 */
export function gateOffers(connection: RTCPeerConnection, { capMs, hasIceServers }: OfferGate): void {
  const setLocalDescription = connection.setLocalDescription.bind(connection);
  let credentials: string | null = null;

  connection.setLocalDescription = async (description?: RTCLocalSessionDescriptionInit) => {
    const offered = description?.type === 'offer' ? iceUfrag(description.sdp) : null;
    if (!offered || offered === credentials) return setLocalDescription(description);
    credentials = offered;
    const gathered = candidatesEnough(connection, capMs, hasIceServers);
    await setLocalDescription(description);
    await gathered;
    tellGathered(connection);
  };
}

/**
 * Has JsSIP go on with the candidates there are: it listens for the null one from the moment on that its
 * `setLocalDescription` has resolved.
 */
export function tellGathered(connection: RTCPeerConnection): void {
  inNextTask(() => {
    if (connection.signalingState === 'closed') return;
    connection.dispatchEvent(new RTCPeerConnectionIceEvent('icecandidate', { candidate: null }));
  });
}

/** ICE user fragment of a session description (RFC 8839 §5.4), or null. */
export function iceUfrag(sdp: string | undefined): string | null {
  return /^a=ice-ufrag:(\S+)/m.exec(sdp ?? '')?.[1] ?? null;
}

function candidatesEnough(
  connection: RTCPeerConnection,
  capMs: number,
  hasIceServers: boolean,
): Promise<void> {
  return new Promise((resolve) => {
    const stop = new AbortController();
    const enough = () => {
      clearTimeout(cap);
      stop.abort();
      resolve();
    };
    const cap = setTimeout(enough, capMs);
    connection.addEventListener(
      'icecandidate',
      ({ candidate }) => {
        if (!candidate || !hasIceServers || candidate.type === 'srflx' || candidate.type === 'relay')
          enough();
      },
      { signal: stop.signal },
    );
    connection.addEventListener(
      'icegatheringstatechange',
      () => {
        if (connection.iceGatheringState === 'complete') enough();
      },
      { signal: stop.signal },
    );
  });
}

/** After all microtasks, and without the delay that hidden tabs add to timers. */
function inNextTask(task: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    task();
  };
  port2.postMessage(null);
}
