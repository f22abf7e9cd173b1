import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../src/wait';
import { ephemeral } from './backend-proofs';
import type { SipMessage } from './sip-client';
import { AGENT, DOMAIN, dial, inviteTo, SECRET, SwitchRig } from './switch-rig';

let rig: SwitchRig;

beforeAll(async () => {
  rig = await SwitchRig.start();
}, 30_000);

afterEach(() => rig.hangUpAll());
afterAll(() => rig.close());

const connect = () => rig.connect();
const signIn = () => rig.signIn();
const holdsMedia = (callId: string) => rig.holdsMedia(callId);
const expectMediaGone = (callId: string) => rig.expectMediaGone(callId);
const isProvisional = (status: number) => (message: SipMessage) => message.status === status;

describe('signing in', () => {
  it('takes credentials made by the backend', async () => {
    const client = await connect();
    expect(await client.register(DOMAIN, AGENT, ephemeral(SECRET, AGENT))).toBe(200);
  });

  it('refuses expired credentials', async () => {
    const client = await connect();
    expect(await client.register(DOMAIN, AGENT, ephemeral(SECRET, AGENT, { expiresIn: -1 }))).toBe(401);
  });

  it('refuses credentials made with another secret', async () => {
    const client = await connect();
    expect(await client.register(DOMAIN, AGENT, ephemeral('another-secret', AGENT))).toBe(401);
  });

  it("refuses another agent's address", async () => {
    const client = await connect();
    expect(await client.register(DOMAIN, 'demo-1002', ephemeral(SECRET, AGENT))).toBe(403);
  });

  it('challenges a call from a connection that has not signed in', async () => {
    const client = await connect();
    expect((await dial(client, '+12025550108')).final.status).toBe(407);
  });
});

describe('what is closed', () => {
  it('refuses a From of another user', async () => {
    const client = await signIn();
    client.send({ ...inviteTo('+12025550108'), from: `sip:demo-1002@${DOMAIN}` });
    expect((await client.takeFinal('INVITE')).status).toBe(403);
  });

  it.each(['demo-1002', 'admin', '+1202x'])('does not connect to the address %s', async (user) => {
    const client = await signIn();
    expect((await dial(client, user)).final.status).toBe(403);
  });

  it('does not relay to another host', async () => {
    const client = await signIn();
    client.send({ ...inviteTo('+12025550108'), uri: 'sip:+12025550108@203.0.113.1' });
    expect((await client.takeFinal('INVITE')).status).toBe(403);
  });

  it('does not relay a made-up in-dialog request', async () => {
    const client = await signIn();
    const to = `<sip:x@${DOMAIN}>;tag=made-up`;
    client.send({ ...inviteTo('+12025550108'), uri: 'sip:x@127.0.0.1:9', to, method: 'BYE', body: '' });
    expect((await client.takeFinal('BYE')).status).toBe(481);
  });

  it('does not answer a stranger over UDP', async () => {
    const before = await rig.stack.kamailio.kamcmd('core.uptime');
    expect(before).toContain('uptime');
    expect(await askOverUdp(rig.stack.kamailio.sipPort)).toBeUndefined();
  });

  it.each(['/', '/RPC', '/jsonrpc'])('serves no RPC at %s of the WebSocket port', async (path) => {
    const body = JSON.stringify({ jsonrpc: '2.0', method: 'core.uptime', id: 1 });
    const response = await fetch(`http://127.0.0.1:${rig.stack.kamailio.wsPort}${path}`, {
      method: 'POST',
      body,
    });
    expect(response.status).toBe(426);
    expect(await response.text()).not.toContain('uptime');
  });
});

describe('what becomes of a call', () => {
  it.each([
    ['busy', '+12025550101', 486],
    ['declined', '+12025550103', 603],
    ['not found', '+12025550104', 404],
  ])('%s', async (_, number, status) => {
    const client = await signIn();
    const { final, callId } = await dial(client, number);
    expect(final.status).toBe(status);
    await expectMediaGone(callId);
  });

  it('no answer, given up by the agent', async () => {
    const client = await signIn();
    const invite = inviteTo('+12025550102');
    const { callId, branch } = client.send(invite);
    await client.take(isProvisional(180));
    client.send({ ...invite, method: 'CANCEL', headers: [], body: '', callId, branch });
    expect((await client.takeFinal('CANCEL')).status).toBe(200);
    const final = await client.takeFinal('INVITE');
    expect(final.status).toBe(487);
    client.acknowledge(final, invite, branch);
    await expectMediaGone(callId);
  });

  it('a slow answer, after ringing', async () => {
    const client = await signIn();
    const { final, invite, callId } = await dial(client, '+12025550105');
    expect(final.status).toBe(200);
    expect(final.body).toContain('UDP/TLS/RTP/SAVPF');
    client.sendInDialog('BYE', final, invite, 2);
    expect((await client.takeFinal('BYE')).status).toBe(200);
    await expectMediaGone(callId);
  });

  it('an answer after which the far end hangs up', async () => {
    const client = await signIn();
    const { final, callId } = await dial(client, '+12025550106');
    expect(final.status).toBe(200);
    const bye = await client.take((message) => message.status === undefined && message.method === 'BYE');
    expect(bye.headers.get('call-id')).toEqual([callId]);
    await expectMediaGone(callId);
  });

  it('early media, then an answer', async () => {
    const client = await signIn();
    const { final, invite } = await dial(client, '+12025550107');
    const early = await client.take(isProvisional(183));
    expect(early.body).toContain('m=audio');
    expect(final.status).toBe(200);
    client.sendInDialog('BYE', final, invite, 2);
    expect((await client.takeFinal('BYE')).status).toBe(200);
  });

  it.each(['+12025550108', '*43'])('%s answers, talks, and ends with the agent', async (number) => {
    const client = await signIn();
    const { final, invite, callId } = await dial(client, number);
    expect(final.status).toBe(200);
    expect(await holdsMedia(callId)).toBe(true);
    client.sendInDialog('BYE', final, invite, 2);
    expect((await client.takeFinal('BYE')).status).toBe(200);
    await expectMediaGone(callId);
  });
});

describe('when something dies', () => {
  it("ends the answered call of a browser that is gone, on the carrier's side too", async () => {
    const client = await signIn();
    const { callId } = await dial(client, '+12025550108');
    expect(await holdsMedia(callId)).toBe(true);
    client.crash();
    await expectMediaGone(callId);
    expect(await rig.stack.kamailio.kamcmd('dlg.stats_active')).toMatch(/ongoing: 0/);
  });

  it('notices a browser that is gone without closing its connection', { timeout: 60_000 }, async () => {
    const client = await signIn();
    const { callId } = await dial(client, '+12025550108');
    client.goSilent();
    const isGone = async () => !(await holdsMedia(callId));
    expect(await waitUntil(isGone, { timeoutMs: 50_000, intervalMs: 200 })).toBe(true);
    client.crash();
  });

  it('cancels the unanswered call of a browser that is gone', async () => {
    const client = await signIn();
    const { callId } = client.send(inviteTo('+12025550102'));
    await client.take(isProvisional(180));
    client.crash();
    await expectMediaGone(callId);
  });

  it('keeps the call of a browser that comes back in time', async () => {
    const client = await signIn();
    const { callId, final, invite } = await dial(client, '+12025550108');
    client.crash();
    const again = await rig.signIn({ fromTag: client.fromTag });
    again.sendInDialog('UPDATE', final, invite, 2);
    expect((await again.takeFinal('UPDATE')).status).toBe(200);
    // Twice the grace period, observed through the relay rather than slept.
    expect(await waitUntil(async () => !(await holdsMedia(callId)), { timeoutMs: 2500 })).toBe(false);
    again.sendInDialog('BYE', final, invite, 3);
    expect((await again.takeFinal('BYE')).status).toBe(200);
    await expectMediaGone(callId);
  });

  it('takes agents again after the switch was restarted', async () => {
    await rig.stack.kamailio.restart();
    const client = await signIn();
    const { final, invite } = await dial(client, '+12025550108');
    expect(final.status).toBe(200);
    client.sendInDialog('BYE', final, invite, 2);
    expect((await client.takeFinal('BYE')).status).toBe(200);
  });

  it('starts a part again that was killed', async () => {
    const { pid } = rig.stack.kamailio;
    process.kill(pid ?? 0, 'SIGKILL');
    const isBack = () => rig.stack.kamailio.pid !== undefined && rig.stack.kamailio.pid !== pid;
    expect(await waitUntil(isBack, { timeoutMs: 10_000 })).toBe(true);
    expect(await waitUntil(async () => (await signIn()) !== undefined, { timeoutMs: 10_000 })).toBe(true);
  });
});

/** An OPTIONS from an address that is no carrier. @returns the answer; undefined if none comes in half a second */
async function askOverUdp(port: number): Promise<string | undefined> {
  const socket = createSocket('udp4');
  const lines = [
    `OPTIONS sip:${DOMAIN} SIP/2.0`,
    'Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1;rport',
    'Max-Forwards: 70',
    'From: <sip:scanner@example.net>;tag=1',
    `To: <sip:100@${DOMAIN}>`,
    `Call-ID: ${randomUUID()}`,
    'CSeq: 1 OPTIONS',
    'Content-Length: 0',
    '',
    '',
  ];
  return new Promise<string | undefined>((resolve) => {
    const timer = setTimeout(() => resolve(undefined), 500);
    socket.once('message', (message) => {
      clearTimeout(timer);
      resolve(message.toString());
    });
    socket.send(lines.join('\r\n'), port, '127.0.0.1');
  }).finally(() => socket.close());
}
