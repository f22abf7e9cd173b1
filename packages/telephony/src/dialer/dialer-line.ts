import type { CallOutcome } from '../call/call-machine';
import type { Unsubscribe } from '../store';
import type { PauseReason } from './dialer-state';

export interface Obstacle {
  reason: PauseReason;
  message: string;
}

export type LineEvent =
  | { type: 'connected'; callId: string }
  | { type: 'ended'; callId: string; outcome: CallOutcome }
  | ({ type: 'obstacle' } & Obstacle);

/** The one line the dialer dials on. */
export interface DialerLine {
  /** Gets microphone and audio ready; called in answer to a click. Rejects with words. */
  prepare(): Promise<void>;
  /** Why a call cannot be made now, or null. */
  obstacle(): Obstacle | null;
  /**
   * Makes the call; `allow` is asked at once, and the INVITE leaves when it has resolved.
   * @throws DialError when it cannot even begin; nobody has been asked then
   */
  place(call: {
    callId: string;
    destination: string;
    leadId: string;
    allow: () => Promise<string | null>;
  }): void;
  hangUp(): void;
  onEvent(listener: (event: LineEvent) => void): Unsubscribe;
}
