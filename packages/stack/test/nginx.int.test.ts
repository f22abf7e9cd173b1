import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { Nginx, type NginxOptions } from '../src/nginx';
import { startNameServer } from './name-server';
import { temporaryFolder } from './temporary-folder';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** Says who it is and what it was asked; WebSockets it takes and keeps. */
async function upstream(name: string, host = '127.0.0.1', port = 0): Promise<Server> {
  const server = createServer(({ headers }, response) => response.end(JSON.stringify({ name, headers })));
  server.on('upgrade', (_request, socket) => {
    socket.on('error', () => undefined);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  });
  cleanUps.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server.listen(port, host), 'listening');
  return server;
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

async function front(options: Partial<NginxOptions> = {}): Promise<Nginx> {
  const dir = temporaryFolder();
  const place = `127.0.0.1:${portOf(await upstream('both'))}`;
  const nginx = await Nginx.start({ dir, backend: place, frontend: place, ...options });
  cleanUps.push(() => nginx.stop());
  return nginx;
}

/** What the upstream saw, of a visitor who comes from `localAddress`. */
async function seen(nginx: Nginx, headers: Record<string, string>, localAddress = '127.0.0.5') {
  const asked = request(`${nginx.url}/api/calls`, { headers, localAddress }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = await answer.toArray();
  return JSON.parse(Buffer.concat(chunks).toString()).headers as Record<string, string>;
}

const FORGED = {
  'x-forwarded-for': '203.0.113.9, 198.51.100.7',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'gopher',
};

it.each([
  ['0', '127.0.0.5'],
  ['127.0.0.9', '127.0.0.5'],
  ['1', '198.51.100.7'],
  ['127.0.0.0/8', '198.51.100.7'],
  ['127.0.0.5, 198.51.100.0/24', '203.0.113.9'],
])(
  'with TRUST_PROXY=%s says that %s asks, and nothing that the visitor made up',
  async (trustProxy, address) => {
    const nginx = await front({ trustProxy });
    const headers = await seen(nginx, FORGED);
    expect(headers['x-forwarded-for']).toBe(address);
    expect(headers['x-forwarded-host']).toBe(`127.0.0.1:${nginx.port}`);
    expect(headers).not.toHaveProperty('x-forwarded-proto');
  },
);

it.each(['2', 'uniquelocal', '1.2.3.4; evil'])('does not start with TRUST_PROXY=%s', async (trustProxy) => {
  await expect(front({ trustProxy })).rejects.toThrow(/TRUST_PROXY/);
});

it('asks for names anew: a container that comes back with another address is found', async () => {
  const old = await upstream('old', '127.0.0.2');
  const port = portOf(old);
  await upstream('new', '127.0.0.3', port);
  const names = await startNameServer('127.0.0.2');
  cleanUps.push(() => names.close());
  const nginx = await front({ backend: `backend:${port}`, resolver: names.resolver });
  const who = async () => {
    const answer = await fetch(`${nginx.url}/api/health`);
    return answer.ok ? ((await answer.json()) as { name: string }).name : answer.status;
  };
  expect(await who()).toBe('old');
  old.closeAllConnections();
  old.close();
  names.state.address = '127.0.0.3';
  expect(await who()).toBe(502);
  await expect.poll(who, { timeout: 8_000, interval: 200 }).toBe('new');
});

it('stops within seconds, whatever WebSockets are open', async () => {
  const nginx = await front();
  const socket = connect(nginx.port, '127.0.0.1');
  cleanUps.push(() => socket.destroy());
  const head = [
    `GET /sip HTTP/1.1`,
    `Host: 127.0.0.1:${nginx.port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  expect(String((await once(socket, 'data'))[0])).toContain('101');
  expect(await nginx.quit()).toBeLessThan(8_000);
});

it('logs what was done, and neither who asked nor what was searched for; checks of health not at all', async () => {
  const nginx = await front();
  const headers = { 'user-agent': 'agent-name', referer: 'http://x/?number=12025550108' };
  await fetch(`${nginx.url}/api/calls?number=%2B12025550108`, { headers });
  for (const path of ['/health', '/api/health', '/api/health/ready']) await fetch(`${nginx.url}${path}`);
  await expect.poll(() => nginx.accessLog()).toContain('"path":"/api/calls","status":200');
  const log = await nginx.accessLog();
  expect(log).not.toMatch(/12025550108|agent-name|127\.0\.0\.1"|health/);
  for (const line of log.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
});
