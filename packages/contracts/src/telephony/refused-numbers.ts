/**
 * Numbers nobody dials unless `SIP_REFUSED_NUMBERS` says otherwise: emergency calls, which a call centre's caller ID and
 * address would send to the wrong place, and what is dear by design: premium rates and satellite telephones
 * (ITU-T E.164 assigned country codes). An asterisk at the end takes all numbers that begin so.
 */
export const DEFAULT_REFUSED_NUMBERS = '112,911,999,+1900*,+1976*,+870*,+881*,+882*,+883*,+979*';

/** A list of numbers as `SIP_REFUSED_NUMBERS` has it; only a number with a plus may end in an asterisk. */
export const REFUSED_NUMBERS_FORM = /^(\+\d{1,15}\*?|[*#]?\d{1,15}#?)(,(\+\d{1,15}\*?|[*#]?\d{1,15}#?))*$/;

/** Whether a number is on such a list. The switch decides the same (`ALLOWED_NUMBER` in `kamailio.cfg`). */
export function isRefused(number: string, list: string): boolean {
  return list
    .split(',')
    .some((entry) =>
      entry.startsWith('+') && entry.endsWith('*') ? number.startsWith(entry.slice(0, -1)) : number === entry,
    );
}
