import { gateOffers, tellGathered } from './ice-gate';
import { closeLate } from './late-close';

/** Longest wait for ICE candidates before the INVITE. */
const ICE_CAP_MS = 500;

export const OFFER: RTCOfferOptions = { offerToReceiveAudio: true, offerToReceiveVideo: false };

export interface ConnectionNeeds {
  iceServers: readonly RTCIceServer[];
  microphone: MediaStream;
}

/**
 * A peer connection that has the microphone, an offer and its ICE candidates before JsSIP asks for them. Made ahead of
 * a call it spares that call everything that comes before the INVITE: about 10 ms of the page's thread, and the way to
 * the STUN server and back.
 */
export class PreparedConnection {
  readonly connection: RTCPeerConnection;
  readonly #needs: ConnectionNeeds;
  readonly #offer: Promise<RTCSessionDescriptionInit>;
  readonly #gathered: Promise<void>;

  constructor(needs: ConnectionNeeds) {
    const { iceServers, microphone } = needs;
    const connection = new RTCPeerConnection({ iceServers: [...iceServers] });
    closeLate(connection);
    gateOffers(connection, { capMs: ICE_CAP_MS, hasIceServers: iceServers.length > 0 });
    for (const track of microphone.getAudioTracks()) connection.addTrack(track, microphone);
    this.connection = connection;
    this.#needs = needs;
    // Taken now: by the time the offer is made, JsSIP's gate may stand in its place.
    const setLocalDescription = connection.setLocalDescription.bind(connection);
    this.#offer = connection.createOffer(OFFER);
    this.#gathered = this.#offer.then((offer) => setLocalDescription(offer));
    // JsSIP hears of it when it asks for the offer.
    this.#gathered.catch(() => undefined);
  }

  /** Whether a call with these needs can be made on it. */
  fits({ iceServers, microphone }: ConnectionNeeds): boolean {
    return (
      this.#needs.microphone === microphone &&
      JSON.stringify(this.#needs.iceServers) === JSON.stringify(iceServers) &&
      this.connection.signalingState !== 'closed'
    );
  }

  /**
   * Has `place` (JsSIP's `call`) use this connection. The INVITE leaves once `proceed` has resolved; a promise that
   * never settles holds it back for good.
   *
   * JsSIP makes its connection itself, with the global constructor and before `call` returns; for that long the
   * constructor gives this one, and what has been done already is not done again.
   * @throws Error when JsSIP did not take it: nothing would hold its INVITE back, so the call is ended
   */
  giveTo<T extends { terminate(): void }>(place: () => T, proceed: Promise<void>): T {
    this.#answerFromStock(proceed);
    const original = globalThis.RTCPeerConnection;
    let given = false;
    globalThis.RTCPeerConnection = new Proxy(original, {
      construct: () => {
        given = true;
        return this.connection;
      },
    });
    try {
      const session = place();
      if (given) return session;
      session.terminate();
      throw new Error('The phone made a connection of its own.');
    } catch (error) {
      this.close();
      throw error;
    } finally {
      globalThis.RTCPeerConnection = original;
    }
  }

  close(): void {
    this.connection.close();
  }

  /**
   * The first track, offer and local description are here already; later ones are the connection's own again.
   *
   * The local description is the gate that holds the INVITE back. It stands until `proceed` has resolved, so that no
   * call of it, whoever makes it, can use it up before.
   */
  #answerFromStock(proceed: Promise<void>): void {
    const { connection } = this;
    const addTrack = connection.addTrack.bind(connection);
    const createOffer = connection.createOffer.bind(connection);
    const setLocalDescription = connection.setLocalDescription.bind(connection);
    Object.assign(connection, {
      addTrack: (track: MediaStreamTrack, ...streams: MediaStream[]) =>
        connection.getSenders().find((sender) => sender.track === track) ?? addTrack(track, ...streams),
      createOffer: () => {
        Object.assign(connection, { createOffer });
        return this.#offer;
      },
      setLocalDescription: async () => {
        await Promise.all([this.#gathered, proceed]);
        Object.assign(connection, { setLocalDescription });
        tellGathered(connection);
      },
    });
  }
}
