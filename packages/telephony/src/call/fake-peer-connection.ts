/**
 * A peer connection without a network, for unit tests. What takes a browser a moment takes a task here; candidates come
 * when the local description is set, as with no ICE server.
 */
export class FakePeerConnection extends EventTarget {
  readonly senders: { track: MediaStreamTrack | null; replaceTrack: () => Promise<void> }[] = [];
  signalingState: RTCSignalingState = 'stable';
  iceConnectionState: RTCIceConnectionState = 'new';
  iceGatheringState: RTCIceGatheringState = 'new';
  localDescription: RTCSessionDescriptionInit | null = null;

  addTrack(track: MediaStreamTrack) {
    const sender = { track, replaceTrack: () => Promise.resolve() };
    this.senders.push(sender);
    return sender;
  }

  getSenders() {
    return this.senders;
  }

  async createOffer(): Promise<RTCSessionDescriptionInit> {
    await nextTask();
    return { type: 'offer', sdp: 'v=0\r\na=ice-ufrag:fake\r\n' };
  }

  async setLocalDescription(description: RTCSessionDescriptionInit): Promise<void> {
    await nextTask();
    this.localDescription = description;
    this.signalingState = 'have-local-offer';
    this.iceGatheringState = 'gathering';
    void nextTask().then(() => this.dispatchEvent(new FakeIceEvent('icecandidate', { candidate: {} })));
  }

  close(): void {
    this.signalingState = 'closed';
  }
}

export class FakeIceEvent extends Event {
  readonly candidate: unknown;

  constructor(type: string, { candidate }: { candidate: unknown }) {
    super(type);
    this.candidate = candidate;
  }
}

export function fakeMicrophone(): MediaStream {
  const tracks = [{ kind: 'audio', enabled: true }];
  return { getTracks: () => tracks, getAudioTracks: () => tracks } as unknown as MediaStream;
}

/** Resolves when connection and phone have done all that they can do without more news, however slow the machine. */
export async function settled(): Promise<void> {
  for (let tasks = 0; tasks < 20; tasks++) await nextTask();
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
