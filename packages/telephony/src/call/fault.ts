import type { CallFault, CallReach } from '@outdial/contracts';
import { assertUnreachable } from '../store';
import type { CallEvent, HangUpWhy } from './call-machine';
import { faultOfRefusal, faultOfSip, type LocalFailure } from './outcome';

const BY_FAILURE: Readonly<Record<LocalFailure, CallFault>> = {
  'connection-lost': 'switch',
  'not-answering': 'switch',
  'media-lost': 'switch',
  'media-refused': 'local',
  'refused-by-server': 'server',
  'phone-error': 'local',
  'call-lost': 'carrier',
};

/** Whose fault a call's end was: see `CALL_FAULTS`. */
export function faultOf(
  hangUp: HangUpWhy | null,
  reached: CallReach,
  end: Omit<Extract<CallEvent, { type: 'terminated' }>, 'type' | 'at'>,
): CallFault {
  switch (hangUp) {
    case 'agent':
      return 'none';
    case 'page-left':
      return 'local';
    case 'ring-timeout':
      // Nothing has rung in all that time.
      return reached === 'ringing' && !end.failure ? 'none' : 'carrier';
    case null:
      if (end.failure) return BY_FAILURE[end.failure];
      if (!end.sip || end.sip.code < 300) return reached === 'answered' ? 'none' : 'local';
      return end.sip.refused === undefined ? faultOfSip(end.sip, reached) : faultOfRefusal(end.sip.refused);
    default:
      return assertUnreachable(hangUp);
  }
}
