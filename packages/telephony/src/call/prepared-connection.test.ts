import { beforeAll, describe, expect, it, vi } from 'vitest';
import { FakeIceEvent, FakePeerConnection, fakeMicrophone, settled } from './fake-peer-connection';
import { PreparedConnection } from './prepared-connection';

const NEEDS = { iceServers: [], microphone: fakeMicrophone() };

/** What JsSIP does with a connection from `call` to the INVITE. */
function place() {
  const connection = new RTCPeerConnection();
  const session = { connection, local: 'asked for', terminate: () => undefined };
  void connection
    .createOffer()
    .then((offer) => connection.setLocalDescription(offer))
    .then(() => {
      session.local = 'here';
    });
  return session;
}

function gate() {
  let open = () => {};
  const proceed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { proceed, open };
}

// For good: connections close later than their tests end.
beforeAll(() => {
  vi.stubGlobal('RTCPeerConnection', FakePeerConnection);
  vi.stubGlobal('RTCPeerConnectionIceEvent', FakeIceEvent);
});

describe('a prepared connection', () => {
  it.each([
    ['made at the dial', async () => undefined],
    ['that has its candidates already', settled],
  ])('%s holds the local description back until the gate opens', async (_, age) => {
    const prepared = new PreparedConnection(NEEDS);
    await age();
    const { proceed, open } = gate();
    const session = prepared.giveTo(place, proceed);
    await settled();
    expect(session.connection).toBe(prepared.connection);
    expect(session.local).toBe('asked for');
    expect(prepared.connection.localDescription, 'gathered meanwhile').not.toBeNull();
    open();
    await settled();
    expect(session.local).toBe('here');
  });

  it('waits for its candidates when the gate is open before them', async () => {
    const prepared = new PreparedConnection(NEEDS);
    const session = prepared.giveTo(place, Promise.resolve());
    expect(prepared.connection.localDescription).toBeNull();
    await settled();
    expect(session.local).toBe('here');
    expect(prepared.connection.localDescription).toMatchObject({ type: 'offer' });
  });

  it('holds every local description back that is set before the gate opens', async () => {
    const prepared = new PreparedConnection(NEEDS);
    const { proceed, open } = gate();
    const session = prepared.giveTo(place, proceed);
    void prepared.connection.setLocalDescription({ type: 'offer' });
    await settled();
    expect(session.local).toBe('asked for');
    open();
    await settled();
    expect(session.local).toBe('here');
  });

  it("is the browser's own again once the gate has opened", async () => {
    const prepared = new PreparedConnection(NEEDS);
    prepared.giveTo(place, Promise.resolve());
    await settled();
    await prepared.connection.setLocalDescription({ type: 'offer', sdp: 'held' });
    expect(prepared.connection.localDescription).toMatchObject({ sdp: 'held' });
  });

  it('ends a call that made a connection of its own', () => {
    const prepared = new PreparedConnection(NEEDS);
    const terminate = vi.fn();
    expect(() => prepared.giveTo(() => ({ terminate }), Promise.resolve())).toThrow(/of its own/);
    expect(terminate).toHaveBeenCalledOnce();
  });
});
