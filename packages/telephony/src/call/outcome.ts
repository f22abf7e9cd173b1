import type { CallFault, CallReach, EndedStatus } from '@outdial/contracts';

/** Why a call ended, where no SIP answer says so. */
export type LocalFailure =
  | 'connection-lost'
  | 'not-answering'
  | 'media-lost'
  | 'media-refused'
  | 'refused-by-server'
  | 'phone-error'
  /** The network does not confirm that a call which rang has been given up: it had lost it. */
  | 'call-lost';

/** What a SIP answer says: its code, and the carrier's own reason where it gives one. */
export interface SipAnswer {
  code: number;
  /** `Reason` header (RFC 3326), such as `Q.850;cause=17;text="User busy"`. */
  reason?: string;
  /** The bundled switch's own word for why it let no call out. */
  refused?: string;
  /** Whose fault the bundled switch says it is, where it gave the answer itself. */
  fault?: CallFault;
}

interface Verdict {
  status: EndedStatus;
  cause: string;
}

const BUSY: Verdict = { status: 'busy', cause: 'The line is busy.' };
const NO_ANSWER: Verdict = { status: 'no-answer', cause: 'Nobody answered.' };
const UNREACHABLE: Verdict = { status: 'no-answer', cause: 'The phone is off or out of reach.' };
const REJECTED: Verdict = { status: 'rejected', cause: 'The call was declined.' };
const UNWANTED: Verdict = { status: 'rejected', cause: 'The called side blocks calls from this number.' };
const BARRED: Verdict = { status: 'rejected', cause: 'The network does not allow this call.' };
const UNKNOWN_NUMBER: Verdict = { status: 'invalid-number', cause: 'The number is not in service.' };
const INCOMPLETE: Verdict = { status: 'invalid-number', cause: 'The number is incomplete or wrong.' };

/** RFC 3261 §21, with 424, 433, 607 and 608 from RFC 6442, 5079, 8197 and 8688. */
const BY_SIP_CODE: Readonly<Record<number, Verdict>> = {
  404: UNKNOWN_NUMBER,
  408: NO_ANSWER,
  410: UNKNOWN_NUMBER,
  433: UNWANTED,
  480: UNREACHABLE,
  484: INCOMPLETE,
  485: INCOMPLETE,
  486: BUSY,
  487: NO_ANSWER,
  600: BUSY,
  603: REJECTED,
  604: UNKNOWN_NUMBER,
  607: UNWANTED,
  608: UNWANTED,
};

/** ITU-T Q.850 causes, as RFC 3398 §7.2.4.1 pairs them with SIP. */
const BY_Q850_CAUSE: Readonly<Record<number, Verdict>> = {
  1: UNKNOWN_NUMBER,
  17: BUSY,
  18: NO_ANSWER,
  19: NO_ANSWER,
  20: UNREACHABLE,
  21: REJECTED,
  22: UNKNOWN_NUMBER,
  28: INCOMPLETE,
};

/** With these a 603 tells of a dial that timed out or found no way: not specified, normal clearing, no answer, failure. */
const UNDECLINED = new Set([0, 16, 18, 19, 20, 41]);

const SIGN_IN_REFUSED = new Set([401, 407]);

const FAILED_CAUSES: Readonly<Record<number, string>> = {
  401: 'The phone server did not accept the sign-in.',
  407: 'The phone server did not accept the sign-in.',
  402: 'The carrier asks for payment.',
  415: 'The other side does not understand the call.',
  488: 'Both sides have no audio format in common.',
  500: 'The carrier had an error.',
  502: 'The carrier could not be reached.',
  408: 'The carrier did not answer.',
  503: 'The carrier has no free line.',
  504: 'The carrier did not answer in time.',
  606: 'Both sides have no audio format in common.',
};

/** What the switch says with a 403 of its own; nobody was called. */
const REFUSED_CAUSES: Readonly<Record<string, string>> = {
  'no-claim': 'The phone server knows nothing of this call. Reload the page and dial again.',
  'claim-expired': 'The call came too late to the phone server. Dial again.',
  'claim-used': 'This call was made already. Dial again.',
  'number-refused': 'This number is not dialed from here.',
  'too-many-calls': 'You have as many calls as you may have. End one first.',
};

/**
 * Status of a call that was refused with a SIP answer ≥ 300.
 *
 * A carrier often wraps what it knows in a general answer (480, 487, 5xx), and a PBX in 603 what is no declining
 * (Asterisk, when its dial timed out); where the `Reason` header says more, that counts.
 */
export function verdictOfSip(answer: SipAnswer, reached: CallReach): Verdict {
  const { code, refused } = answer;
  if (refused !== undefined)
    return { status: 'failed', cause: REFUSED_CAUSES[refused] ?? 'The phone server refused the call.' };
  if (answer.fault === undefined) {
    const byCustomer = verdictOfCustomer(answer, reached);
    if (byCustomer) return byCustomer;
    if (code === 403) return BARRED;
  }
  if (answer.fault === 'carrier' && code === 504)
    return { status: 'failed', cause: 'The carrier did not answer.' };
  return { status: 'failed', cause: FAILED_CAUSES[code] ?? `The carrier refused the call (SIP ${code}).` };
}

/** Whose fault such an answer is. */
export function faultOfSip(answer: SipAnswer, reached: CallReach): CallFault {
  if (answer.fault !== undefined) return answer.fault;
  if (verdictOfCustomer(answer, reached)) return 'none';
  return SIGN_IN_REFUSED.has(answer.code) ? 'switch' : 'carrier';
}

/** Whose fault it is when the bundled switch itself lets no call out. */
export function faultOfRefusal(refused: string): CallFault {
  if (refused === 'number-refused') return 'none';
  return refused === 'too-many-calls' ? 'local' : 'server';
}

/** What the called side, or the network on its behalf, says; null when the call has not come so far. */
function verdictOfCustomer({ code, reason }: SipAnswer, reached: CallReach): Verdict | null {
  // Nobody answers 408 for a phone that does not ring: a server on the way has given up.
  if (code === 408 && reached === 'sent') return null;
  const bySip = BY_SIP_CODE[code];
  const q850 = q850Cause(reason);
  const byNetwork = q850 === null ? undefined : BY_Q850_CAUSE[q850];
  if (code === 603 && q850 !== null && UNDECLINED.has(q850)) return byNetwork ?? NO_ANSWER;
  if (byNetwork && (!bySip || bySip.status === 'no-answer')) return byNetwork;
  return bySip ?? null;
}

const LOCAL_CAUSES: Readonly<Record<LocalFailure, string>> = {
  'connection-lost': 'The connection to the phone server was lost.',
  'not-answering': 'The phone server did not answer.',
  'media-lost': 'The audio connection was lost.',
  'media-refused': 'The browser could not set up the audio.',
  'refused-by-server': 'The call was not allowed.',
  'phone-error': 'The phone had an error.',
  'call-lost': 'The carrier had lost the call.',
};

export function causeOfFailure(failure: LocalFailure): string {
  return LOCAL_CAUSES[failure];
}

/** Q.850 cause in a `Reason` header (RFC 3326 §2), or null. */
function q850Cause(reason: string | undefined): number | null {
  const match = /Q\.850\s*;[^,]*?cause\s*=\s*(\d{1,3})/i.exec(reason ?? '');
  return match ? Number(match[1]) : null;
}
