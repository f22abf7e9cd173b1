/**
 * Numbers nobody dials unless `SIP_REFUSED_NUMBERS` says otherwise: emergency calls, which a call centre's caller ID and
 * address would send to the wrong place, and what is dear by design: premium rates and satellite telephones
 * (ITU-T E.164 assigned country codes). An asterisk at the end takes all numbers that begin so.
 */
export const DEFAULT_REFUSED_NUMBERS =
  '112,911,999,+1900*,+1976*,+870*,+881*,+882*,+883*,+979*';
