import { UA, version, WebSocketInterface } from 'jssip';
import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('window', {});

describe('what is touched inside JsSIP', () => {
  it('is as it was read: another version is to be read first', () => {
    expect(version).toBe('3.13.8');
  });

  it('is there', async () => {
    const { default: RTCSession } = await import('jssip/lib/RTCSession');
    const session = (RTCSession as unknown as { prototype: object }).prototype;
    for (const name of [
      'isReadyToReOffer',
      'sendRequest',
      '_createLocalDescription',
      '_mangleOffer',
      '_setLocalMediaStatus',
      '_close',
    ])
      expect(session, name).toHaveProperty(name);
    const ua = new UA({
      sockets: [new WebSocketInterface('ws://127.0.0.1:9')],
      uri: 'sip:ada@outdial.local',
    });
    expect(ua).toMatchObject({ _transport: { recovery_options: { max_interval: expect.any(Number) } } });
    expect(ua).toHaveProperty('sendOptions');
  });
});
