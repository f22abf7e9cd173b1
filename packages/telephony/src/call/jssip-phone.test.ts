import { beforeAll, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../fake-clock';
import { FakeIceEvent, FakePeerConnection, fakeMicrophone, settled } from './fake-peer-connection';
import { fakeSwitch } from './fake-switch';
import { JssipPhone } from './jssip-phone';

const credentials = {
  wsUrl: 'ws://switch.test/sip',
  domain: 'switch.test',
  sipUsername: 'ada',
  authUsername: 'ada',
  password: 'secret',
  iceServers: [],
  expiresAt: null,
};

function unanswered() {
  let [grant, refuse] = [(_: string | null) => {}, (_: Error) => {}];
  const answer = new Promise<string | null>((resolve, reject) => {
    [grant, refuse] = [resolve, reject];
  });
  return { answer, grant, refuse };
}

async function registeredPhone() {
  const { heard, invites: sent, sockets, WebSocket } = fakeSwitch();
  vi.stubGlobal('WebSocket', WebSocket);
  const clock = new FakeClock();
  const audio = { play: async () => undefined } as HTMLAudioElement;
  const phone = new JssipPhone({ getCredentials: async () => credentials, audio, clock });
  phone.start();
  await vi.waitFor(() => expect(phone.getSnapshot().registration.state).toBe('registered'));
  const microphone = fakeMicrophone();
  const claim = unanswered();
  const dial = () =>
    phone.dial({
      callId: 'call-1',
      destination: '+12025550101',
      ringTimeoutMs: 30_000,
      microphone,
      allow: () => claim.answer,
    });
  const invites = () => heard.filter((method) => method === 'INVITE').length;
  return { phone, clock, microphone, claim, dial, invites, sent, sockets };
}
type Rig = Awaited<ReturnType<typeof registeredPhone>>;

// For good: connections close later than their tests end.
beforeAll(() => {
  vi.stubGlobal('RTCPeerConnection', FakePeerConnection);
  vi.stubGlobal('RTCPeerConnectionIceEvent', FakeIceEvent);
  vi.stubGlobal('window', Object.assign(new EventTarget(), { RTCPeerConnection: FakePeerConnection }));
  vi.stubGlobal('navigator', {});
});

/** Whether a spare connection is there is nobody's business but the stop-watch's. */
describe.each([
  ['without a spare connection', async (_: Rig) => undefined],
  ['with a spare that was made this moment', async ({ phone, microphone }: Rig) => phone.prepare(microphone)],
  [
    'with a spare connection',
    async ({ phone, microphone }: Rig) => {
      phone.prepare(microphone);
      await settled();
    },
  ],
  [
    'after the network was lost and the spare with it',
    async ({ phone, microphone }: Rig) => {
      phone.prepare(microphone);
      await settled();
      window.dispatchEvent(new Event('offline'));
    },
  ],
])('a call %s', (_, before) => {
  it('sends no INVITE before the claim is answered, and one when it is', async () => {
    const rig = await registeredPhone();
    await before(rig);
    rig.dial();
    await settled();
    expect(rig.invites()).toBe(0);
    expect(rig.phone.getSnapshot().call.name).toBe('dialing');
    rig.claim.grant('the-claim');
    await settled();
    expect(rig.invites()).toBe(1);
    expect(rig.sent[0]).toMatch(/^X-Outdial-Claim: the-claim\r$/m);
    rig.phone.close();
  });

  it('ends without an INVITE when the claim is refused', async () => {
    const rig = await registeredPhone();
    await before(rig);
    rig.dial();
    await settled();
    rig.claim.refuse(new Error('This lead is being called or done already.'));
    await settled();
    expect(rig.phone.getSnapshot().call).toMatchObject({
      name: 'ended',
      outcome: { status: 'failed', cause: expect.stringContaining('being called or done') },
    });
    expect(rig.invites()).toBe(0);
    rig.phone.close();
  });

  it('ends without an INVITE when the claim is answered too late', async () => {
    const rig = await registeredPhone();
    await before(rig);
    rig.dial();
    await settled();
    rig.clock.advance(15_000);
    expect(rig.phone.getSnapshot().call.name).toBe('ended');
    rig.claim.grant('the-claim');
    await settled();
    expect(rig.invites()).toBe(0);
    rig.phone.close();
  });
});

it('a call whose INVITE nobody answers, not even with 100, is our fault, and the socket is given up', async () => {
  const rig = await registeredPhone();
  rig.dial();
  rig.claim.grant('the-claim');
  await settled();
  expect(rig.invites()).toBe(1);
  const sockets = rig.sockets.length;
  rig.clock.advance(5_000);
  expect(rig.phone.getSnapshot()).toMatchObject({
    registration: { state: 'unregistered' },
    call: { name: 'ended', outcome: { status: 'failed', reached: 'sent', fault: 'switch' } },
  });
  await vi.waitFor(() => expect(rig.sockets.length).toBe(sockets + 1), { timeout: 4_000 });
  rig.phone.close();
});
