import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ephemeral, seal } from './backend-proofs';
import { SipClient } from './sip-client';
import { AGENT, DOMAIN, dial, inviteTo, SECRET, SWITCH_SECRET, SwitchRig } from './switch-rig';

const ANSWERS = '+12025550108';
const RINGS = '+12025550102';

let rig: SwitchRig;
let sessions = 0;
const newSession = () => `session-${++sessions}-of-a-test`;

beforeAll(async () => {
  // A browser that lost its network has long to come back; who was shut out has not.
  rig = await SwitchRig.start({ graceSeconds: 30 });
}, 30_000);

afterEach(() => rig.hangUpAll());
afterAll(() => rig.close());

/** As the backend's worker does. @returns the status */
async function end(session: string, authorization = seal(SWITCH_SECRET, `end-session:${session}`)) {
  const url = `${rig.stack.sipControlUrl}/sessions/${session}/end`;
  return (await fetch(url, { method: 'POST', headers: { authorization } })).status;
}

async function secondsUntil(event: Promise<unknown>): Promise<number> {
  const before = performance.now();
  await event;
  return (performance.now() - before) / 1000;
}

const isKept = (client: SipClient) => {
  client.send({ method: 'OPTIONS', uri: `sip:${DOMAIN}`, from: `sip:${AGENT}@${DOMAIN}` });
  return client.takeFinal('OPTIONS').then(({ status }) => status === 200);
};

describe('a session that has ended', () => {
  it('takes its phones along, and nobody else’s', async () => {
    const session = newSession();
    const [phone, tab, colleague] = [
      await rig.signIn({ session, user: 'demo-1002' }),
      await rig.connect(undefined, session),
      await rig.signIn({ session: newSession() }),
    ];
    expect(await end(session)).toBe(204);
    expect(await secondsUntil(Promise.all([phone.closed, tab.closed]))).toBeLessThan(2);
    expect(await phone.closed).toBe(1008);
    expect(await isKept(colleague)).toBe(true);
    const registered = () => rig.stack.kamailio.kamcmd('ul.dump');
    await expect.poll(registered, { timeout: 5_000 }).not.toContain('demo-1002');
    expect(await registered()).toContain(AGENT);
  });

  it('ends the conversation, and the call that rings', async () => {
    const session = newSession();
    const phone = await rig.signIn({ session });
    const { callId, final } = await dial(phone, ANSWERS);
    expect(final.status).toBe(200);
    const other = await rig.signIn({ session });
    const ringing = other.send(inviteTo(RINGS));
    await other.take(({ status }) => status === 180);
    expect(await end(session)).toBe(204);
    const gone = Promise.all([rig.expectMediaGone(callId), rig.expectMediaGone(ringing.callId)]);
    expect(await secondsUntil(gone)).toBeLessThan(5);
    expect(await rig.stack.kamailio.kamcmd('dlg.stats_active')).toMatch(/ongoing: 0/);
  });

  it('is refused on new connections', async () => {
    const session = newSession();
    expect(await end(session)).toBe(204);
    await expect(rig.connect(undefined, session)).rejects.toThrow('403');
  });

  it("has credentials that are no use on anybody else's connection, before and after", async () => {
    const session = newSession();
    const credentials = ephemeral(SECRET, AGENT, { session });
    for (const _ of ['before', 'after']) {
      const colleague = await rig.connect(undefined, newSession());
      expect(await colleague.register(DOMAIN, AGENT, credentials)).toBe(403);
      const invite = { method: 'INVITE', uri: `sip:${ANSWERS}@${DOMAIN}`, from: `sip:${AGENT}@${DOMAIN}` };
      colleague.send(invite);
      const challenge = await colleague.takeFinal('INVITE');
      colleague.send({ ...invite, cseq: 2, headers: [colleague.answerTo(challenge, invite, credentials)] });
      expect((await colleague.takeFinal('INVITE')).status).toBe(403);
      await end(session);
    }
  });

  it('ends by itself when its time is over', async () => {
    const session = newSession();
    const phone = await rig.connect(undefined, session);
    const credentials = ephemeral(SECRET, AGENT, { session, sessionEndsIn: 2 });
    expect(await phone.register(DOMAIN, AGENT, credentials)).toBe(200);
    expect(await secondsUntil(phone.closed)).toBeLessThan(5);
    const late = await rig.connect(undefined, session);
    expect(await late.register(DOMAIN, AGENT, credentials)).toBe(403);
  });

  it('lives on while its phone signs in anew in time', async () => {
    const session = newSession();
    const phone = await rig.connect(undefined, session);
    const short = ephemeral(SECRET, AGENT, { session, sessionEndsIn: 2 });
    expect(await phone.register(DOMAIN, AGENT, short)).toBe(200);
    expect(await phone.register(DOMAIN, AGENT, ephemeral(SECRET, AGENT, { session }))).toBe(200);
    const closed = phone.closed.then(() => 'closed');
    const time = new Promise((resolve) => setTimeout(resolve, 4_000, 'kept'));
    expect(await Promise.race([closed, time])).toBe('kept');
  });
});

describe('the port for the backend', () => {
  it.each([
    ['no seal', ''],
    ["another session's seal", seal(SWITCH_SECRET, 'end-session:another')],
    ['a seal of another secret', seal('another-secret', 'end-session:mine')],
  ])('does not believe %s', async (_, authorization) => {
    const phone = await rig.signIn({ session: 'mine' });
    expect(await end('mine', authorization)).toBe(403);
    expect(await isKept(phone)).toBe(true);
  });

  it('lets no phone in', async () => {
    const url = rig.stack.sipControlUrl.replace('http', 'ws');
    await expect(SipClient.connect(url)).rejects.toThrow('403');
  });

  it('is not the one that phones reach', async () => {
    const authorization = seal(SWITCH_SECRET, 'end-session:session-1');
    const url = `http://127.0.0.1:${rig.stack.kamailio.wsPort}/sessions/session-1/end`;
    expect((await fetch(url, { method: 'POST', headers: { authorization } })).status).toBe(426);
  });
});

it('a connection that the page’s server did not open is refused', async () => {
  await expect(rig.connect(undefined, '')).rejects.toThrow('403');
});
