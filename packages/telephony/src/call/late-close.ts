/** Long enough for the next call's INVITE to be out. */
const LATE_MS = 250;

/**
 * Makes a peer connection that is told to close fall silent at once and close a moment later. Closing holds the page and
 * WebRTC's own thread for milliseconds, and JsSIP does it just when the next call's offer is wanted.
 */
export function closeLate(connection: RTCPeerConnection): void {
  const close = connection.close.bind(connection);
  let told = false;
  connection.close = () => {
    if (told) return;
    told = true;
    for (const sender of connection.getSenders()) void sender.replaceTrack(null).catch(() => undefined);
    setTimeout(close, LATE_MS);
  };
}
