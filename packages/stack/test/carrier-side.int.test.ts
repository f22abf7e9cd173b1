import { randomUUID } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Kamailio } from '../src/kamailio';
import { ROOT } from '../src/run/settings';
import { claim, ephemeral } from './backend-proofs';
import { SipClient } from './sip-client';
import { AGENT, DOMAIN, refusalOf, SECRET, SWITCH_SECRET } from './switch-rig';

const NUMBER = '+12025550108';
const dir = `${tmpdir()}/outdial-carrier-side-${randomUUID()}`;

/** The carrier, played by the test: it sees what comes to it and says what it likes. */
let carrier: Socket;
let kamailio: Kamailio;

beforeAll(async () => {
  carrier = createSocket('udp4').bind(0, '127.0.0.1');
  await once(carrier, 'listening');
  const { port } = carrier.address() as AddressInfo;
  const context = { dir, runDir: `${dir}/run`, logDir: `${dir}/logs`, infraDir: `${ROOT}/infra` };
  await mkdir(context.runDir, { recursive: true });
  await mkdir(context.logDir, { recursive: true });
  kamailio = await Kamailio.start(
    { ...context, onLog: () => undefined },
    {
      domain: DOMAIN,
      ephemeralSecret: SECRET,
      switchSecret: SWITCH_SECRET,
      refusedNumbers: '911',
      callsPerAgent: 2,
      rtpengine: 'udp:127.0.0.1:9',
      carrierAddress: `127.0.0.1:${port}`,
      echoAddress: '127.0.0.1:9',
      graceSeconds: 1,
    },
  );
}, 30_000);

afterAll(async () => {
  await kamailio.stop();
  carrier.close();
  await rm(dir, { recursive: true, force: true });
});

const nextDatagram = async (): Promise<string> => String((await once(carrier, 'message'))[0]);
const say = (text: string) => carrier.send(text, kamailio.sipPort, '127.0.0.1');

/** An answer to a request that came, with further headers. */
function answerTo(request: string, status: string, headers: readonly string[] = []): string {
  const kept = request.split('\r\n').filter((line) => /^(Via|From|Call-ID|CSeq|Record-Route):/i.test(line));
  const to = `${/^To:.*$/im.exec(request)?.[0]};tag=carrier`;
  return [`SIP/2.0 ${status}`, ...kept, to, ...headers, 'Content-Length: 0', '', ''].join('\r\n');
}

/** A request of the carrier's own. @returns the first line of the answer */
async function ask(method: string, to: string): Promise<string> {
  const lines = [
    `${method} sip:${AGENT}@${DOMAIN} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${(carrier.address() as AddressInfo).port};branch=z9hG4bK${randomUUID()}`,
    'Max-Forwards: 70',
    'From: <sip:+12025550100@carrier.example>;tag=1',
    `To: ${to}`,
    `Call-ID: ${randomUUID()}`,
    `CSeq: 1 ${method}`,
    'Content-Length: 0',
    '',
    '',
  ];
  const answer = nextDatagram();
  say(lines.join('\r\n'));
  return (await answer).split('\r\n', 1)[0] ?? '';
}

describe('the carrier', () => {
  it('hears nothing of the claim, nor of an identity that the browser made up; its own words are its own', async () => {
    const client = await SipClient.connect(kamailio.wsUrl);
    expect(await client.register(DOMAIN, AGENT, ephemeral(SECRET, AGENT))).toBe(200);
    const arrived = nextDatagram();
    client.send({
      method: 'INVITE',
      uri: `sip:${NUMBER}@${DOMAIN}`,
      from: `sip:${AGENT}@${DOMAIN}`,
      headers: [
        claim(SWITCH_SECRET, AGENT, NUMBER),
        'P-Asserted-Identity: <sip:+12025550199@outdial.local>',
        'Diversion: <sip:+12025550199@outdial.local>',
        'Subject: stays',
      ],
    });
    const invite = await arrived;
    expect(invite).toMatch(/^INVITE /);
    expect(invite).not.toMatch(/X-Outdial|P-Asserted-Identity|Diversion/i);
    expect(invite).toContain('Subject: stays');
    say(answerTo(invite, '403 Forbidden', ['X-Outdial-Refused: no-claim']));
    expect(refusalOf(await client.takeFinal('INVITE'))).toEqual({ status: 403, why: undefined });
    client.close();
  });

  it('rings nobody', async () => {
    expect(await ask('INVITE', `<sip:${AGENT}@${DOMAIN}>`)).toMatch(/ 480 /);
  });

  it.each(['BYE', 'INVITE', 'UPDATE'])('reaches no phone with a made-up %s inside a call', async (method) => {
    expect(await ask(method, `<sip:${AGENT}@${DOMAIN}>;tag=made-up`)).toMatch(/ 481 /);
  });
});
