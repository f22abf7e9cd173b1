import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { claim, ephemeral } from './backend-proofs';
import type { SipClient, SipMessage } from './sip-client';
import { AGENT, DOMAIN, dial, inviteTo, refusalOf, SECRET, SWITCH_SECRET, SwitchRig } from './switch-rig';

const RINGS = '+12025550102';
const ANSWERS = '+12025550108';

let rig: SwitchRig;

beforeAll(async () => {
  rig = await SwitchRig.start({ refusedNumbers: '112,911,+1900*,+12025550109,*99' });
}, 30_000);

afterEach(() => rig.hangUpAll());
afterAll(() => rig.close());

const with_ = (header: string, number = ANSWERS) => ({ ...inviteTo(number), headers: [header] });

describe('a call needs the claim that the backend gave for it', () => {
  it.each([
    ['none at all', () => 'Subject: x', 'no-claim'],
    ['rubbish', () => 'X-Outdial-Claim: 1.2.3', 'no-claim'],
    ['another secret', () => claim('another-secret', AGENT, ANSWERS), 'no-claim'],
    ["another agent's", () => claim(SWITCH_SECRET, 'demo-1002', ANSWERS), 'no-claim'],
    ['that of another number', () => claim(SWITCH_SECRET, AGENT, RINGS), 'no-claim'],
    ['one from 61 s ago', () => claim(SWITCH_SECRET, AGENT, ANSWERS, { age: 61 }), 'claim-expired'],
    [
      'one from a clock that is 32 s ahead',
      () => claim(SWITCH_SECRET, AGENT, ANSWERS, { age: -32 }),
      'claim-expired',
    ],
  ])('%s is refused', async (_, header, why) => {
    const client = await rig.signIn();
    const { final } = await dial(client, ANSWERS, with_(header()));
    expect(refusalOf(final)).toEqual({ status: 403, why });
  });

  it.each([
    ['58 s old', 58],
    ['from a clock 28 s ahead', -28],
  ])('one %s is good', async (_, age) => {
    const client = await rig.signIn();
    const { final, invite } = await dial(
      client,
      ANSWERS,
      with_(claim(SWITCH_SECRET, AGENT, ANSWERS, { age })),
    );
    expect(final.status).toBe(200);
    client.sendInDialog('BYE', final, invite, 2);
    expect((await client.takeFinal('BYE')).status).toBe(200);
  });

  it('is good once, on any connection and with any Call-ID', async () => {
    const client = await rig.signIn();
    const busy = '+12025550101';
    const invite = inviteTo(busy);
    const first = await dial(client, busy, invite);
    expect(first.final.status).toBe(486);
    expect(refusalOf((await dial(client, busy, invite)).final)).toEqual({ status: 403, why: 'claim-used' });
    const sameCall = { ...invite, callId: first.callId, cseq: 2 };
    expect(refusalOf((await dial(client, busy, sameCall)).final)).toEqual({ status: 403, why: 'claim-used' });
    const other = await rig.signIn();
    expect(refusalOf((await dial(other, busy, invite)).final)).toEqual({ status: 403, why: 'claim-used' });
  });

  it('is not used up by the challenge before it, nor by the same message twice', async () => {
    const client = await rig.connect();
    const invite = inviteTo(RINGS);
    const { callId } = client.send(invite);
    const challenge = await client.takeFinal('INVITE');
    expect(challenge.status).toBe(407);
    const answer = client.answerTo(challenge, invite, ephemeral(SECRET, AGENT));
    const again = { ...invite, callId, cseq: 2, headers: [...(invite.headers ?? []), answer] };
    const { branch } = client.send(again);
    await client.take(({ status }) => status === 180);
    client.send({ ...again, branch });
    client.send({ ...again, method: 'CANCEL', headers: [answer], body: '', branch });
    const final = await client.take(({ status, method }) => method === 'INVITE' && (status ?? 0) >= 200);
    expect(final.status).toBe(487);
    client.acknowledge(final, again, branch);
  });
});

describe('numbers that nobody dials', () => {
  it.each([
    ['+19005550100', 'number-refused'],
    ['+12025550109', 'number-refused'],
    ['*99', 'number-refused'],
  ])('%s', async (number, why) => {
    const client = await rig.signIn();
    expect(refusalOf((await dial(client, number)).final)).toEqual({ status: 403, why });
  });

  it.each([
    '911',
    '112',
    '+911',
    '+',
    '00',
    '0012025550108',
    '+0012025550108',
    '2025550108',
    '%2b19005550100',
  ])('%s is no number of ours', async (number) => {
    const client = await rig.signIn();
    expect(refusalOf((await dial(client, number)).final)).toEqual({ status: 403, why: undefined });
  });
});

describe('calls of one agent', () => {
  it('are two at a time, however many come at once, and the lines come back', async () => {
    const client = await rig.signIn();
    const other = await rig.signIn();
    const clientOf = (call: number) => (call % 2 === 0 ? client : other);
    const invites = Array.from({ length: 150 }, () => inviteTo(RINGS));
    const sent = invites.map((invite, call) => clientOf(call).send(invite));
    const answers: Promise<SipMessage>[] = sent.map(({ callId }, call) =>
      clientOf(call).take(
        ({ status = 0, headers }) => status >= 180 && headers.get('call-id')?.[0] === callId,
      ),
    );
    const rung = (await Promise.all(answers)).flatMap(({ status }, call) => (status === 180 ? [call] : []));
    expect(rung).toHaveLength(2);
    for (const call of rung) {
      const { callId, branch } = sent[call] as (typeof sent)[number];
      const cancel = { ...inviteTo(RINGS), method: 'CANCEL', headers: [], body: '', callId, branch };
      clientOf(call).send(cancel);
      expect((await clientOf(call).takeFinal('CANCEL')).status).toBe(200);
    }
    await expectLines(AGENT, 0);
  });

  it('follow one another without a pause', async () => {
    const client = await rig.signIn();
    for (let call = 0; call < 4; call++) {
      const { final, invite } = await dial(client, ANSWERS);
      expect(final.status, `call ${call}`).toBe(200);
      client.sendInDialog('BYE', final, invite, 2);
      expect((await client.takeFinal('BYE')).status).toBe(200);
      expect((await dial(client, '+12025550101')).final.status, `busy after call ${call}`).toBe(486);
    }
  });

  it('give their lines back when the phone vanishes', async () => {
    const client = await rig.signIn();
    expect((await dial(client, ANSWERS)).final.status).toBe(200);
    client.send(inviteTo(RINGS));
    await client.take(({ status }) => status === 180);
    await expectLines(AGENT, 2);
    client.crash();
    await expectLines(AGENT, 0);
  });

  const expectLines = (user: string, lines: number) =>
    expect
      .poll(() => rig.stack.kamailio.kamcmd('dlg.profile_get_size', 'agent', user), { timeout: 8_000 })
      .toBe(`${lines}\n`);
});

describe('inside a call speaks who is in it', () => {
  const madeUp = { to: `<sip:+19005550100@${DOMAIN}>;tag=made-up` };
  const carrier = () => ({ uri: `sip:+19005550100@${rig.stack.carrier.address}` });

  it.each(['INVITE', 'UPDATE', 'BYE', 'INFO', 'REFER'])(
    '%s with an invented To-tag is refused',
    async (method) => {
      const client = await rig.signIn();
      client.send({ ...inviteTo(ANSWERS), ...carrier(), ...madeUp, method });
      expect((await client.takeFinal(method)).status).toBe(481);
    },
  );

  it('a real call is no ticket for another To-tag, another agent or another Call-ID', async () => {
    const client = await rig.signIn();
    const { final, invite } = await dial(client, ANSWERS);
    const tryOn = async (phone: SipClient, change: object) => {
      phone.sendInDialog('INVITE', final, invite, 5, { ...change });
      return (await phone.takeFinal('INVITE')).status;
    };
    expect(await tryOn(client, madeUp)).toBe(481);
    expect(await tryOn(client, { callId: randomUUID() })).toBe(481);
    const other = await rig.signIn({ user: 'demo-1002', fromTag: client.fromTag });
    expect(await tryOn(other, { from: `sip:demo-1002@${DOMAIN}` })).toBe(481);
    expect(await tryOn(other, {})).toBe(403);
    expect(await tryOn(client, { uri: 'sip:x@127.0.0.1:9', headers: [] }), 'another next hop').toBe(403);
    client.sendInDialog('BYE', final, invite, 6);
    expect((await client.takeFinal('BYE')).status).toBe(200);
    expect(await tryOn(client, {})).toBe(481);
  });

  it('nor is one that still rings', async () => {
    const client = await rig.signIn();
    const { callId } = client.send(inviteTo(RINGS));
    await client.take(({ status }) => status === 180);
    client.send({ ...inviteTo(ANSWERS), ...carrier(), ...madeUp, callId, cseq: 2, method: 'UPDATE' });
    expect((await client.takeFinal('UPDATE')).status).toBe(481);
  });

  it('a call goes on over a restart of the switch, and ends once', async () => {
    const client = await rig.signIn();
    const { callId, final, invite } = await dial(client, ANSWERS);
    await rig.stack.kamailio.restart();
    const again = await rig.signIn({ fromTag: client.fromTag });
    again.sendInDialog('INVITE', final, invite, 2, madeUp);
    expect((await again.takeFinal('INVITE')).status).toBe(481);
    again.sendInDialog('UPDATE', final, invite, 3);
    expect((await again.takeFinal('UPDATE')).status).toBe(200);
    again.sendInDialog('BYE', final, invite, 4);
    expect((await again.takeFinal('BYE')).status).toBe(200);
    await rig.expectMediaGone(callId);
    again.sendInDialog('INVITE', final, invite, 5);
    expect((await again.takeFinal('INVITE')).status).toBe(481);
  });
});

describe('signing in', () => {
  it('takes an answer to its challenge once', async () => {
    const client = await rig.connect();
    const { status, authorization } = await client.registerAs(DOMAIN, AGENT, ephemeral(SECRET, AGENT));
    expect(status).toBe(200);
    const thief = await rig.connect();
    for (const phone of [thief, client]) {
      const uri = `sip:${DOMAIN}`;
      const from = `sip:${AGENT}@${DOMAIN}`;
      phone.send({
        method: 'REGISTER',
        uri,
        from,
        to: `<${from}>`,
        headers: [authorization, 'Expires: 600'],
      });
      expect((await phone.takeFinal('REGISTER')).status).toBe(401);
    }
  });

  it('is slowed down when there is too much of it', async () => {
    const client = await rig.connect();
    const send = () =>
      client.send({
        method: 'REGISTER',
        uri: `sip:${DOMAIN}`,
        from: `sip:${AGENT}@${DOMAIN}`,
        to: `<sip:${AGENT}@${DOMAIN}>`,
      });
    for (let request = 0; request < 21; request++) send();
    const refused = await client.take(({ status }) => status === 503);
    expect(refused.headers.get('retry-after')).toEqual(['10']);
  });
});

describe('messages that are too much', () => {
  it('13 kB are refused', async () => {
    const client = await rig.signIn();
    const { final } = await dial(client, ANSWERS, { ...inviteTo(ANSWERS), body: 'x'.repeat(13_000) });
    expect(final.status).toBe(513);
  });

  it('a Call-ID of 200 characters is refused', async () => {
    const client = await rig.signIn();
    const { final } = await dial(client, ANSWERS, { ...inviteTo(ANSWERS), callId: 'x'.repeat(200) });
    expect(final.status).toBe(400);
  });

  it.each(['MESSAGE', 'SUBSCRIBE', 'PUBLISH', 'REFER', 'INFO', 'NOTIFY'])('%s is refused', async (method) => {
    const client = await rig.signIn();
    client.send({ ...inviteTo(ANSWERS), method });
    expect((await client.takeFinal(method)).status).toBe(405);
  });
});
