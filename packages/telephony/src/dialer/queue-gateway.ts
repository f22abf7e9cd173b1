import type { Queue } from '@outdial/contracts';
import { messageOf } from '../message-of';
import type { PauseReason } from './dialer-state';

/**
 * The sheet's queue on the server: the only truth about what was dialed. Errors carry the API's stable `code` and
 * HTTP `status` where the server answered.
 */
export interface QueueGateway {
  /** Makes this page the one that dials the sheet. Refused with `dialed-elsewhere` unless it takes over. */
  open(sheetId: string, sessionId: string, takeOver: boolean): Promise<Queue>;
  show(sheetId: string, sessionId: string): Promise<Queue>;
  /**
   * Makes the call row and claims the lead, in one. Refused with `lead-not-available` or `taken-over`; repeating it
   * with the same call id changes nothing. `retryOf` takes a lead once more whose last call that was. Resolves with the
   * claim that the switch asks for.
   */
  claim(claim: {
    callId: string;
    leadId: string;
    destination: string;
    sheetId: string;
    sessionId: string;
    retryOf?: string;
  }): Promise<string | null>;
  setState(sheetId: string, sessionId: string, state: 'running' | 'paused' | 'stopped'): Promise<void>;
  /** Leaves a lead out. */
  skip(sheetId: string, leadId: string, sessionId: string): Promise<void>;
  /**
   * Puts a lead that is done or left out at the head of the queue again. `lastCallId` is its last call as the agent
   * saw it: a retry that comes after another call has been made changes nothing.
   */
  retry(lead: {
    sheetId: string;
    leadId: string;
    lastCallId: string | null;
    sessionId: string;
  }): Promise<void>;
}

export interface Refusal {
  why: 'lead-not-available' | PauseReason;
  message: string;
}

/** What an error of the gateway means for the dialer. */
export function refusalOf(error: unknown): Refusal {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const message = messageOf(error);
  switch (code) {
    case 'lead-not-available':
    case 'call-in-progress':
      return { why: 'lead-not-available', message };
    case 'taken-over':
      return { why: 'taken-over', message: 'This sheet is now being dialed on another page.' };
    case 'dialed-elsewhere':
      return { why: 'dialed-elsewhere', message: 'This sheet is being dialed on another page.' };
    default:
      return { why: 'server', message: message || 'The server could not be reached.' };
  }
}
