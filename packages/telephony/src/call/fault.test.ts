import type { CallFault, CallReach } from '@outdial/contracts';
import { describe, expect, it } from 'vitest';
import { faultOf } from './fault';
import { type SipAnswer, verdictOfSip } from './outcome';

const answered = (sip: SipAnswer, reached: CallReach = 'sent') => ({
  fault: faultOf(null, reached, { by: 'remote', sip }),
  ...verdictOfSip(sip, reached),
});

describe('whose fault a refused call is', () => {
  it.each([
    [{ code: 486 }, 'sent', 'none', 'busy'],
    [{ code: 480 }, 'sent', 'none', 'no-answer'],
    [{ code: 404 }, 'sent', 'none', 'invalid-number'],
    [{ code: 408 }, 'ringing', 'none', 'no-answer'],
    [{ code: 408 }, 'sent', 'carrier', 'failed'],
    [{ code: 503 }, 'sent', 'carrier', 'failed'],
    [{ code: 503, reason: 'Q.850;cause=17' }, 'sent', 'none', 'busy'],
    [{ code: 403 }, 'sent', 'carrier', 'rejected'],
    // Asterisk: a customer who declines, and a dial that timed out.
    [{ code: 403, reason: 'Q.850;cause=21' }, 'sent', 'none', 'rejected'],
    [{ code: 603, reason: 'Q.850;cause=16' }, 'ringing', 'none', 'no-answer'],
    [{ code: 603, reason: 'Q.850;cause=21' }, 'ringing', 'none', 'rejected'],
    [{ code: 603 }, 'ringing', 'none', 'rejected'],
    [{ code: 401 }, 'sent', 'switch', 'failed'],
    [{ code: 503, fault: 'switch' }, 'sent', 'switch', 'failed'],
    [{ code: 504, fault: 'carrier' }, 'sent', 'carrier', 'failed'],
    [{ code: 403, refused: 'claim-expired' }, 'sent', 'server', 'failed'],
    [{ code: 403, refused: 'too-many-calls' }, 'sent', 'local', 'failed'],
    [{ code: 403, refused: 'number-refused' }, 'sent', 'none', 'failed'],
  ] as [SipAnswer, CallReach, CallFault, string][])('%o at %s: %s', (sip, reached, fault, status) => {
    expect(answered(sip, reached)).toMatchObject({ fault, status });
  });
});

describe('whose fault an end without an answer is', () => {
  const local = { by: 'local' } as const;
  it('nobody’s when the agent gives up, whatever broke', () => {
    expect(faultOf('agent', 'sent', { ...local, failure: 'connection-lost' })).toBe('none');
  });

  it('the carrier’s when nothing has rung in time, the customer’s after ringing', () => {
    expect(faultOf('ring-timeout', 'sent', local)).toBe('carrier');
    expect(faultOf('ring-timeout', 'ringing', local)).toBe('none');
    expect(faultOf('ring-timeout', 'ringing', { ...local, failure: 'call-lost' })).toBe('carrier');
  });

  it('ours when the page is left or something breaks', () => {
    expect(faultOf('page-left', 'ringing', local)).toBe('local');
    expect(faultOf(null, 'sent', { ...local, failure: 'not-answering' })).toBe('switch');
    expect(faultOf(null, 'answered', { ...local, failure: 'media-lost' })).toBe('switch');
    expect(faultOf(null, 'not-sent', { ...local, failure: 'refused-by-server' })).toBe('server');
  });

  it('nobody’s after a conversation that was hung up', () => {
    expect(faultOf(null, 'answered', { by: 'remote' })).toBe('none');
  });
});
