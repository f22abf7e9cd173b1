import type { CallStatus, PresenceState } from '@outdial/contracts';

/** States that have a colour; each is also told by a word or an icon. */
export type Tone = 'ready' | 'dialing' | 'talking' | 'held' | 'wrapup' | 'paused' | 'offline' | 'error';

export const CALL_STATUS_WORDS: Readonly<Record<CallStatus, string>> = {
  'in-progress': 'In progress',
  answered: 'Answered',
  busy: 'Busy',
  'no-answer': 'No answer',
  rejected: 'Rejected',
  'invalid-number': 'Invalid number',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

export const CALL_STATUS_TONES: Readonly<Record<CallStatus, Tone>> = {
  'in-progress': 'dialing',
  answered: 'talking',
  busy: 'wrapup',
  'no-answer': 'paused',
  rejected: 'held',
  'invalid-number': 'error',
  failed: 'error',
  cancelled: 'offline',
};

export const PRESENCE_WORDS: Readonly<Record<PresenceState, string>> = {
  talking: 'Talking',
  'on-hold': 'On hold',
  dialing: 'Dialing',
  'wrap-up': 'Wrap-up',
  paused: 'Paused',
  ready: 'Ready',
  online: 'Online',
  offline: 'Offline',
};

export const PRESENCE_TONES: Readonly<Record<PresenceState, Tone>> = {
  talking: 'talking',
  'on-hold': 'held',
  dialing: 'dialing',
  'wrap-up': 'wrapup',
  paused: 'paused',
  ready: 'ready',
  online: 'ready',
  offline: 'offline',
};
