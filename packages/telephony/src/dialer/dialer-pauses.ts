import type { CallFault } from '@outdial/contracts';
import {
  CARRIER_FAULTS,
  type DialerMoment,
  type DialerPhase,
  type DialerState,
  type DialerStep,
  PASSING,
  type PauseReason,
  RECOVERY_MS,
  SETBACKS,
} from './dialer-state';

/** Paused; from what passes by itself it goes on by itself, unless that has failed again and again. */
export function paused(
  state: DialerState,
  reason: PauseReason,
  message: string | null,
  { now }: DialerMoment,
): DialerStep {
  const isPassing = PASSING.has(reason) && state.setbacks < SETBACKS;
  const recoverUntil = isPassing ? (state.recoverUntil ?? now + RECOVERY_MS) : null;
  const goesOn = recoverUntil !== null && now < recoverUntil;
  const phase: DialerPhase = { name: 'paused', reason, message, goesOn };
  return [{ ...state, recoverUntil, phase }, goesOn ? [{ type: 'await-recovery' }] : []];
}

export function recover(state: DialerState, { now }: DialerMoment): DialerStep {
  const { phase, sheetId, recoverUntil } = state;
  if (phase.name !== 'paused' || !phase.goesOn || !sheetId) return [state, []];
  if (recoverUntil === null || now >= recoverUntil)
    return [{ ...state, phase: { ...phase, goesOn: false } }, []];
  return [
    { ...state, phase: { name: 'starting', opening: true } },
    [{ type: 'open-queue', sheetId, takeOver: false }],
  ];
}

/** What is forgotten of earlier faults when the agent says go. */
export const AFRESH = { carrierFaults: 0, setbacks: 0, recoverUntil: null };

export function faultsAfter({ carrierFaults, setbacks }: DialerState, fault: CallFault) {
  if (fault === 'none') return { carrierFaults: 0, setbacks: 0 };
  if (fault === 'carrier') return { carrierFaults: carrierFaults + 1, setbacks: 0 };
  return { carrierFaults, setbacks: setbacks + 1 };
}

export function reasonToPause({ carrierFaults }: DialerState, fault: CallFault): PauseReason | null {
  switch (fault) {
    case 'none':
      return null;
    case 'carrier':
      return carrierFaults >= CARRIER_FAULTS ? 'carrier' : null;
    case 'local':
      return 'phone';
    default:
      return fault;
  }
}
