import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Child } from '../src/child';
import { freeTcpPort, freeUdpPort } from '../src/ports';
import { findProgram } from '../src/programs';
import { ROOT } from '../src/run/settings';
import { waitUntil } from '../src/wait';
import { claim, ephemeral } from './backend-proofs';
import { SipClient } from './sip-client';
import { AGENT, DOMAIN, SECRET, SWITCH_SECRET } from './switch-rig';

/** What containers start with, run here: the same scripts, with addresses of this machine. */
const run = promisify(execFile);
const dir = `${tmpdir()}/outdial-containers-${randomUUID()}`;
const compose = parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'), { merge: true });

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  await rm(dir, { recursive: true, force: true });
});

async function start(command: string, args: readonly string[], env: Record<string, string>): Promise<Child> {
  await mkdir(dir, { recursive: true });
  const [name = ''] = command.split('/').slice(-2);
  const child = new Child({
    name,
    command,
    args,
    cwd: dir,
    env,
    logFile: `${dir}/${name}.log`,
    ownerDir: dir,
  });
  cleanUps.push(() => child.stop());
  return child;
}

const PUBLIC_IP = '198.51.100.4';

it('tells a real carrier the address that it reaches, and finds the agent behind it again', async () => {
  const carrier = createSocket('udp4').bind(0, '127.0.0.1');
  await once(carrier, 'listening');
  cleanUps.push(() => carrier.close());
  const { port: carrierPort } = carrier.address() as AddressInfo;
  const [wsPort, controlPort, sipPort] = [await freeTcpPort(), await freeTcpPort(), await freeUdpPort()];
  const args = ['kamailio', '-DD', '-E', '-f', `${ROOT}/infra/kamailio/kamailio.cfg`, '-Y', '.', '-w', '.'];
  const kamailio = await start(`${ROOT}/infra/kamailio/start.sh`, args, {
    ...compose.services.kamailio.environment,
    SIP_DOMAIN: DOMAIN,
    SIP_EPHEMERAL_SECRET: SECRET,
    SIP_SWITCH_SECRET: SWITCH_SECRET,
    SIP_REFUSED_NUMBERS: '911',
    SIP_CALLS_PER_AGENT: '2',
    WS_LISTEN: `127.0.0.1:${wsPort}`,
    SIP_LISTEN: `127.0.0.1:${sipPort}`,
    CONTROL_LISTEN: `127.0.0.1:${controlPort}`,
    RTPENGINE_NG: 'udp:127.0.0.1:9',
    CARRIER_ADDRESS: `127.0.0.1:${carrierPort}`,
    CARRIER_NETWORK: '',
    CALLER_ID: '',
    PUBLIC_IP,
  });
  const answers = async () => (await fetch(`http://127.0.0.1:${wsPort}/`)).status === 426;
  await waitUntil(answers, { timeoutMs: 10_000, giveUp: () => kamailio.exit !== undefined });

  const phone = await SipClient.connect(`ws://127.0.0.1:${wsPort}`);
  cleanUps.push(() => phone.close());
  expect(await phone.register(DOMAIN, AGENT, ephemeral(SECRET, AGENT))).toBe(200);
  const number = '+12025550108';
  const arrived = once(carrier, 'message');
  const invite = {
    method: 'INVITE',
    uri: `sip:${number}@${DOMAIN}`,
    from: `sip:${AGENT}@${DOMAIN}`,
    headers: [claim(SWITCH_SECRET, AGENT, number)],
  };
  const { branch } = phone.send(invite);
  const request = String((await arrived)[0]);
  const published = `${PUBLIC_IP}:5060`;
  const header = (name: string) => request.split('\r\n').filter((line) => line.startsWith(`${name}:`));
  expect(header('Via')[0]).toContain(`SIP/2.0/UDP ${published}`);
  expect(header('Record-Route')[0]).toContain(`sip:${published}`);
  expect(request).not.toContain('P-Asserted-Identity');

  const say = (text: string) => carrier.send(text, sipPort, '127.0.0.1');
  const kept = ['Via', 'Record-Route', 'From', 'Call-ID', 'CSeq'].flatMap(header);
  const to = `${header('To')[0]};tag=carrier`;
  const contact = `Contact: <sip:carrier@127.0.0.1:${carrierPort}>`;
  const acknowledged = once(carrier, 'message');
  say(['SIP/2.0 200 OK', ...kept, to, contact, 'Content-Length: 0', '', ''].join('\r\n'));
  phone.acknowledge(await phone.takeFinal('INVITE'), invite, branch);
  expect(String((await acknowledged)[0])).toMatch(/^ACK /);

  // The carrier hangs up along the route that it was given.
  const remote = /<([^>]+)>/.exec(header('Contact')[0] ?? '')?.[1];
  const bye = [
    `BYE ${remote} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${carrierPort};branch=z9hG4bK${randomUUID()}`,
    'Max-Forwards: 70',
    ...header('Record-Route').map((line) => line.replace('Record-Route', 'Route')),
    to.replace(/^To/, 'From'),
    (header('From')[0] ?? '').replace(/^From/, 'To'),
    ...header('Call-ID'),
    'CSeq: 1 BYE',
    'Content-Length: 0',
    '',
    '',
  ];
  const answered = once(carrier, 'message');
  say(bye.join('\r\n'));
  await phone.take(({ method, status }) => method === 'BYE' && status === undefined);
  expect(String((await answered)[0])).toMatch(/^SIP\/2\.0 200/);
});

it('does not start for a real carrier that could not answer it', async () => {
  const env = { ...process.env, CARRIER_ADDRESS: '203.0.113.5:5060', PUBLIC_IP: '127.0.0.1' };
  const starting = run(`${ROOT}/infra/kamailio/start.sh`, ['true'], { env });
  await expect(starting).rejects.toThrow(/set PUBLIC_IP/);
});

it.each([
  ['the simulated carrier', '', '127.0.0.2'],
  ['a real one', '203.0.113.5:5060', PUBLIC_IP],
])('relays media for browsers at the published address, and for %s', async (_, carrierAddress, told) => {
  const ngPort = await freeUdpPort();
  const env = {
    PUBLIC_IP,
    HOST_IP: '127.0.0.1',
    SWITCH_GATEWAY: '127.0.0.2',
    CARRIER_ADDRESS: carrierAddress,
    NG_LISTEN: `127.0.0.1:${ngPort}`,
    MEDIA_PORT_MIN: '33000',
    MEDIA_PORT_MAX: '33100',
    RTPENGINE_CONFIG: `${ROOT}/infra/rtpengine/rtpengine.conf`,
  };
  const healthy = () =>
    run(`${ROOT}/infra/rtpengine/healthy.sh`, { env: { ...process.env, ...env } }).then(
      () => true,
      () => false,
    );
  expect(await healthy()).toBe(false);
  const rtpengine = await start(`${ROOT}/infra/rtpengine/start.sh`, [], env);
  await waitUntil(healthy, { timeoutMs: 10_000, giveUp: () => rtpengine.exit !== undefined });

  const socket = createSocket('udp4');
  cleanUps.push(() => socket.close());
  const sdp =
    'v=0\r\no=- 1 1 IN IP4 10.0.0.9\r\ns=-\r\nt=0 0\r\nc=IN IP4 10.0.0.9\r\nm=audio 4000 RTP/AVP 0\r\n';
  const text = (word: string) => `${word.length}:${word}`;
  const directions = (...names: string[]) => `l${names.map(text).join('')}e`;
  const towards = async (from: string, to: string) => {
    const offer = ['call-id', randomUUID(), 'command', 'offer', 'direction'].map(text).join('');
    const rest = ['from-tag', randomUUID(), 'sdp', sdp].map(text).join('');
    socket.send(`${randomUUID()} d${offer}${directions(from, to)}${rest}e`, ngPort, '127.0.0.1');
    const [answer] = await once(socket, 'message');
    return /c=IN IP4 (\S+)/.exec(String(answer))?.[1];
  };
  expect(await towards('browser', 'carrier')).toBe(told);
  expect(await towards('carrier', 'browser')).toBe(PUBLIC_IP);
});

it('guards Redis with any password', async () => {
  const port = await freeTcpPort();
  const [shell = '', option, script] = compose.services.redis.command as string[];
  const REDISCLI_AUTH = '/+@:#% $HOME "quoted" `id` \\';
  await mkdir(`${dir}/bin`, { recursive: true });
  const server = findProgram('redis-server') ?? findProgram('redis-check-rdb');
  const link = `#!/bin/sh\nexec -a redis-server ${server} "$@"\n`.replace('/bin/sh', '/bin/bash');
  await writeFile(`${dir}/bin/redis-server`, link, { mode: 0o755 });
  // Compose takes two dollars for one.
  const text = String(script).replaceAll('$$', '$').replace('dir /data', `dir ${dir}\nport ${port}`);
  const PATH = `${dir}/bin:${process.env.PATH}`;
  const redis = await start(shell, [String(option), text], { REDISCLI_AUTH, PATH });
  const ping = async (password: string) => {
    const env = { ...process.env, REDISCLI_AUTH: password };
    return (await run('redis-cli', ['-p', String(port), 'ping'], { env })).stdout.trim();
  };
  await waitUntil(async () => (await ping(REDISCLI_AUTH)) === 'PONG', {
    timeoutMs: 10_000,
    giveUp: () => redis.exit !== undefined,
  });
  expect(await ping('wrong')).toContain('NOAUTH');
});
