import type { UA } from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { IncomingResponse } from 'jssip/lib/SIPMessage';

/**
 * All that is touched of JsSIP beyond its interface, as of 3.13.8 (pinned; `jssip-internals.test.ts`). Why: its own
 * `hold` and `renegotiate` end a call whose re-INVITE is refused or whose socket breaks meanwhile, and its `terminate`
 * forgets a BYE that has not been heard.
 */
interface Session {
  _status: number;
  _is_canceled: boolean;
  _localHold: boolean;
  _contact: string;
  _connection: RTCPeerConnection;
  _connectionPromiseQueue: Promise<unknown>;
  isReadyToReOffer(): boolean;
  sendRequest(
    method: string,
    options?: { eventHandlers?: Handlers; extraHeaders?: string[]; body?: string },
  ): void;
  _createLocalDescription(type: 'offer', constraints: RTCOfferOptions): Promise<string>;
  _mangleOffer(sdp: string): string;
  _setLocalMediaStatus(): void;
  _close(): void;
}

interface Handlers {
  onSuccessResponse: (response: IncomingResponse) => void;
  onErrorResponse: (response: IncomingResponse) => void;
  onTransportError: () => void;
  onRequestTimeout: () => void;
  onDialogError: (response: IncomingResponse) => void;
}

interface Agent {
  sendOptions(target: string): void;
  _transport: { recovery_options: { max_interval: number } };
}

/** RTCSession's `STATUS_INVITE_SENT`. */
const INVITE_SENT = 1;
/** RFC 3261 §12.2.1.2: the other side knows of no such call. */
const NO_SUCH_CALL = 481;

const inside = (session: RTCSession) => session as unknown as Session;

/** How long, in seconds, a lost socket is waited for at most until it is tried again. */
export function setReconnectCap(ua: UA, seconds: number): void {
  (ua as unknown as Agent)._transport.recovery_options.max_interval = seconds;
}

/** Asks a server whether it is there (RFC 3261 §11); the answer is seen on the socket. */
export function sendOptions(ua: UA, target: string): void {
  (ua as unknown as Agent).sendOptions(target);
}

/** Whether an INVITE is out to which nobody has said anything, not even 100. */
export function isUnheard(session: RTCSession): boolean {
  return inside(session)._status === INVITE_SENT;
}

/**
 * Cancels a session that is not answered.
 *
 * A 200 that crosses our CANCEL is neither acknowledged nor ended by JsSIP, and the carrier keeps a call open that
 * nobody holds. Told that the session is cancelled, it answers such a 200 with ACK and BYE (RFC 3261 §9.1).
 */
export function cancel(session: RTCSession): void {
  inside(session)._is_canceled = true;
  try {
    session.terminate();
  } catch {
    // It ended between the question and the answer.
  }
}

/**
 * Says BYE once, and closes the audio at once.
 * @returns whether the other side, or the switch, has heard it
 */
export function sayBye(session: RTCSession): Promise<boolean> {
  session.connection?.close();
  return new Promise((resolve) => {
    const heard = () => resolve(true);
    const lost = () => resolve(false);
    inside(session).sendRequest('BYE', {
      eventHandlers: {
        onSuccessResponse: heard,
        onErrorResponse: heard,
        onDialogError: heard,
        onTransportError: lost,
        onRequestTimeout: lost,
      },
    });
  });
}

/** Lets go of a session without another word. */
export function forget(session: RTCSession): void {
  inside(session)._close();
}

export type ReinviteResult =
  | 'accepted'
  /** Another change is under way. */
  | 'busy'
  /** The call is as it was. */
  | 'refused'
  /** Nobody has heard it, or answered; the call is as it was. */
  | 'unheard'
  /** The other side has no such call any more. */
  | 'gone';

/** Puts this side on hold, or takes it back, in what it sends and in the next offer. */
export function setLocalHold(session: RTCSession, held: boolean): void {
  inside(session)._localHold = held;
  inside(session)._setLocalMediaStatus();
}

/** A new offer within the call (RFC 3261 §14.1); with new ICE credentials the audio finds another way (RFC 8445 §2.4). */
export async function reinvite(session: RTCSession, iceRestart: boolean): Promise<ReinviteResult> {
  const call = inside(session);
  if (session.isEnded()) return 'gone';
  if (!call.isReadyToReOffer() || call._connection.signalingState !== 'stable') return 'busy';
  const result = await offer(call, { iceRestart, offerToReceiveAudio: true }).catch(() => 'refused' as const);
  if (result !== 'accepted' && isOffering(call._connection))
    await call._connection.setLocalDescription({ type: 'rollback' }).catch(() => undefined);
  return result;
}

const isOffering = ({ signalingState }: RTCPeerConnection) => signalingState === 'have-local-offer';

async function offer(call: Session, constraints: RTCOfferOptions): Promise<ReinviteResult> {
  const body = call._mangleOffer(await call._createLocalDescription('offer', constraints));
  const answer = await new Promise<IncomingResponse | ReinviteResult>((resolve) => {
    call.sendRequest('INVITE', {
      body,
      extraHeaders: [`Contact: ${call._contact}`, 'Content-Type: application/sdp'],
      eventHandlers: {
        onSuccessResponse: (response) => {
          // Each repetition of a 200 wants its ACK.
          call.sendRequest('ACK');
          resolve(response);
        },
        onErrorResponse: () => resolve('refused'),
        onTransportError: () => resolve('unheard'),
        onRequestTimeout: () => resolve('unheard'),
        onDialogError: ({ status_code }) => resolve(status_code === NO_SUCH_CALL ? 'gone' : 'unheard'),
      },
    });
  });
  if (typeof answer === 'string') return answer;
  if (!answer.body) return 'refused';
  await call._connection.setRemoteDescription({ type: 'answer', sdp: answer.body });
  return 'accepted';
}
