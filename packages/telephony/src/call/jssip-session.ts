import { type CallFault, CLAIM_HEADER } from '@outdial/contracts';
import type { EndEvent, RTCSession } from 'jssip/lib/RTCSession';
import type { CallEvent } from './call-machine';
import type { LocalFailure } from './outcome';

/** The bundled switch's own word (`infra/kamailio/kamailio.cfg`). */
const REFUSED_HEADER = 'X-Outdial-Refused';
const FAULT_HEADER = 'X-Outdial-Fault';

/** Puts the claim into the INVITE, which leaves only after it has come. A challenged INVITE takes it along. */
export function showClaim(session: RTCSession, claimed: Promise<string | null>): void {
  let claim: string | null = null;
  claimed.then(
    (given) => {
      claim = given;
    },
    () => undefined,
  );
  session.on('sending', ({ request }) => {
    if (claim) request.setHeader(CLAIM_HEADER, claim);
  });
}

/** Request-URI of a number: digits, `+`, `*` and `#` (as `%23`, RFC 3261 §25.1); null for anything else. */
export function sipTarget(destination: string, domain: string): string | null {
  if (!/^\+?[0-9*#]{1,32}$/.test(destination) || !domain) return null;
  return `sip:${destination.replaceAll('#', '%23')}@${domain}`;
}

/** JsSIP's causes (its `Constants.causes`) that are not a SIP answer. */
const FAILURES: Readonly<Record<string, LocalFailure>> = {
  'Connection Error': 'connection-lost',
  'Request Timeout': 'not-answering',
  'RTP Timeout': 'media-lost',
  'WebRTC Error': 'media-refused',
  'Bad Media Description': 'media-refused',
  'Missing SDP': 'media-refused',
  'Incompatible SDP': 'media-refused',
  'User Denied Media Access': 'media-refused',
  'Internal Error': 'phone-error',
  'Dialog Error': 'phone-error',
  'No ACK': 'phone-error',
};

const SWITCH_SAYS: Readonly<Record<string, CallFault>> = { switch: 'switch', carrier: 'carrier' };

export type EndSays = Pick<EndEvent, 'originator' | 'cause'> & {
  message?: { status_code?: number; getHeader?: (name: string) => string | undefined } | null;
};

/**
 * What JsSIP's `ended` or `failed` means for the call.
 *
 * An INVITE that times out or loses its socket is reported as `Canceled` by the local side, though nobody cancelled:
 * calls that were are ended before JsSIP says so, so `Canceled` here is one of those two.
 */
export function endOf(
  { originator, cause, message }: EndSays,
  connected: boolean,
): Omit<Extract<CallEvent, { type: 'terminated' }>, 'type' | 'at'> {
  const by = originator === 'remote' ? 'remote' : 'local';
  const code = message?.status_code;
  if (code !== undefined && code >= 300) {
    const reason = message?.getHeader?.('Reason');
    const refused = message?.getHeader?.(REFUSED_HEADER);
    const fault = SWITCH_SAYS[message?.getHeader?.(FAULT_HEADER) ?? ''];
    return {
      by,
      sip: {
        code,
        ...(reason !== undefined && { reason }),
        ...(refused !== undefined && { refused }),
        ...(fault !== undefined && { fault }),
      },
    };
  }
  if (cause === 'Canceled') return { by, failure: connected ? 'not-answering' : 'connection-lost' };
  const failure = FAILURES[cause];
  return { by, ...(failure && { failure }) };
}
