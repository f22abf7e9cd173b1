import { describe, expect, it } from 'vitest';
import { iceUfrag } from './ice-gate';
import { endOf, sipTarget } from './jssip-session';
import { verdictOfSip } from './outcome';
import { absoluteWsUrl, registrationRefused } from './sip-account';

const end = (cause: string, originator: string, message?: object) =>
  endOf({ cause, originator, message } as Parameters<typeof endOf>[0], true);

describe('the JsSIP adapter', () => {
  it('dials numbers and feature codes, and nothing that could be more than a number', () => {
    expect(sipTarget('+12025550101', 'outdial.local')).toBe('sip:+12025550101@outdial.local');
    expect(sipTarget('*43', 'outdial.local')).toBe('sip:*43@outdial.local');
    expect(sipTarget('#31#', 'outdial.local')).toBe('sip:%2331%23@outdial.local');
    expect(sipTarget('1@evil.example;x=', 'outdial.local')).toBeNull();
    expect(sipTarget('', 'outdial.local')).toBeNull();
  });

  it("reads the carrier's answer and its reason", () => {
    const message = {
      status_code: 503,
      getHeader: (name: string) => (name === 'Reason' ? 'Q.850;cause=17' : undefined),
    };
    expect(end('SIP Failure Code', 'remote', message)).toEqual({
      by: 'remote',
      sip: { code: 503, reason: 'Q.850;cause=17' },
    });
  });

  it("gives the switch's own refusal in words, and no carrier's", () => {
    const of = (refused: string) => ({
      status_code: 403,
      getHeader: (name: string) => (name === 'X-Outdial-Refused' ? refused : undefined),
    });
    const { sip } = end('Rejected', 'remote', of('too-many-calls'));
    expect(sip && verdictOfSip(sip, 'sent')).toEqual({
      status: 'failed',
      cause: 'You have as many calls as you may have. End one first.',
    });
    expect(verdictOfSip({ code: 403, refused: 'something-new' }, 'sent').status).toBe('failed');
    expect(verdictOfSip({ code: 403 }, 'sent')).toMatchObject({ status: 'rejected' });
  });

  it('tells a lost socket from a silent server', () => {
    const canceled = { cause: 'Canceled', originator: 'local' } as Parameters<typeof endOf>[0];
    expect(endOf(canceled, false).failure).toBe('connection-lost');
    expect(endOf(canceled, true).failure).toBe('not-answering');
  });

  it('takes a BYE as a plain end and lost audio as a failure', () => {
    expect(end('Terminated', 'remote', { getHeader: () => undefined })).toEqual({ by: 'remote' });
    expect(end('RTP Timeout', 'local').failure).toBe('media-lost');
  });

  it("finds the phone server below the page's own origin", () => {
    expect(absoluteWsUrl('/sip', 'https://calls.example/dashboard')).toBe('wss://calls.example/sip');
    expect(absoluteWsUrl('/sip', 'http://localhost:3000/')).toBe('ws://localhost:3000/sip');
    expect(absoluteWsUrl('wss://pbx.example/ws', 'https://calls.example/')).toBe('wss://pbx.example/ws');
  });

  it('says in words why a registration was refused', () => {
    expect(registrationRefused(403, 'Rejected')).toBe('The phone server did not accept this account.');
    expect(registrationRefused(undefined, undefined)).toMatch(/did not answer/);
  });

  it('tells an ICE restart by its new credentials', () => {
    expect(iceUfrag('v=0\r\na=ice-ufrag:aB3+\r\na=ice-pwd:x\r\n')).toBe('aB3+');
    expect(iceUfrag(undefined)).toBeNull();
  });
});
