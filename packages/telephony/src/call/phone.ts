import type { Readable, Unsubscribe } from '../store';
import type { CallState } from './call-machine';

/** Whether calls can be made, in words where they cannot. */
export type Registration =
  | { state: 'off' }
  | { state: 'connecting' }
  | { state: 'registered' }
  /** Was lost and is being tried again. */
  | { state: 'unregistered'; reason: string }
  /** Refused; tried again more slowly, since only a change elsewhere helps. */
  | { state: 'failed'; reason: string };

/** Why calls cannot be made, for a person. */
export function registrationMessage(registration: Registration): string {
  switch (registration.state) {
    case 'unregistered':
    case 'failed':
      return registration.reason;
    default:
      return 'The phone is not connected yet.';
  }
}

export interface PhoneSnapshot {
  registration: Registration;
  call: CallState;
}

export interface DialRequest {
  /** UUID by which everything about this call is known. */
  callId: string;
  /** E.164 with `+`, or a feature code such as `*43`. */
  destination: string;
  /** After so long without an answer the call is cancelled. */
  ringTimeoutMs: number;
  /**
   * Asked as soon as the phone has taken the call; the INVITE leaves only once it has resolved. When it rejects none is
   * sent, and the call ends as `failed` with the error's message as its cause. Everything else (audio, ICE) is got
   * ready meanwhile. It resolves with the claim that the switch asks for (the API's `X-Outdial-Claim`), null where none
   * does.
   */
  allow: () => Promise<string | null>;
  /** What the other party hears. The phone never stops its tracks. */
  microphone: MediaStream;
}

/** A dial that cannot even begin; nothing has changed. */
export class DialError extends Error {
  override name = 'DialError';
  readonly code: 'not-registered' | 'call-in-progress' | 'invalid-number' | 'no-microphone';

  constructor(code: DialError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** One agent's telephone: one line, outbound. All commands are idempotent. */
export interface Phone extends Readable<PhoneSnapshot> {
  /** Every change in order, with the state before it. */
  watch(watcher: (next: PhoneSnapshot, previous: PhoneSnapshot) => void): Unsubscribe;
  /** Connects and registers, and keeps at it until `close`. */
  start(): void;
  /** Gets ready what the next dial needs; does nothing during a call. */
  prepare(microphone: MediaStream): void;
  /** @throws DialError */
  dial(request: DialRequest): void;
  /** Cancels or ends the call, if there is one. */
  hangUp(): void;
  setMuted(muted: boolean): void;
  /** Resolves once the other side knows; does nothing outside a conversation. */
  setHeld(held: boolean): Promise<void>;
  /** Digits `0-9 * # A-D`, sent as telephone events (RFC 4733) in the audio stream. */
  sendDtmf(digits: string): void;
  /** Another microphone, from the next sample on. */
  replaceMicrophone(stream: MediaStream): Promise<void>;
  /** Where the other party is heard: a device's id, null for the system's own. Does nothing where nobody may choose. */
  setSpeaker(deviceId: string | null): void;
  /** What the other party says, from early media on; null between calls. */
  readonly remoteStream: MediaStream | null;
  /** SIP Call-ID (RFC 3261 §20.8) of the present or last call. */
  readonly sipCallId: string | null;
  close(): void;
}
