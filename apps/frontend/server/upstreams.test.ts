import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { addressBehind } from '@outdial/http';
import { afterEach, expect, it } from 'vitest';
import { introduce } from './client-address';
import { readWebEnv } from './env';
import { isSameOrigin } from './origin';
import { Rotation } from './rotation';
import { Upstreams, upstreamOf } from './upstreams';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

function listen(server: Server): Promise<string> {
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

/** A server in front of the given upstreams. */
function front(source: Record<string, string>): Promise<string> {
  const env = readWebEnv(source);
  const upstreams = new Upstreams(env, new Rotation(env.API_URL));
  const server = createServer((request, response) => upstreams.web(request, response, 'api'));
  const upgraded = env.SIP_UPSTREAM_URL ? 'sip' : 'api';
  server.on('upgrade', (request, socket, head) =>
    upstreams.upgrade(request, socket as never, head as Buffer, upgraded),
  );
  return listen(server);
}

/** Sends an upgrade and gives back everything that came until the other side closed. */
function rawUpgrade(host: string, lines: readonly string[] = []): Promise<string> {
  const [name = '', port] = host.split(':');
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), name);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
    });
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
    const head = [
      'GET /sip HTTP/1.1',
      `Host: ${host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      ...lines,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
  });
}

it('knows what is served elsewhere', () => {
  const env = { SIP_UPSTREAM_URL: 'ws://sip' };
  expect(upstreamOf('/api/calls?x=1', env)).toBe('api');
  expect(upstreamOf('/socket.io/?EIO=4', env)).toBe('api');
  expect(upstreamOf('/sip', env)).toBe('sip');
  expect(upstreamOf('/sip', {})).toBeNull();
  expect(upstreamOf('/apiary', env)).toBeNull();
  expect(upstreamOf('/dashboard', env)).toBeNull();
});

it('lets WebSockets in from the own page only', () => {
  const host = 'dial.example';
  expect(isSameOrigin({ host, origin: 'https://dial.example' }, undefined)).toBe(true);
  expect(isSameOrigin({ host, origin: 'https://evil.example' }, undefined)).toBe(false);
  expect(isSameOrigin({ host, origin: 'null' }, undefined)).toBe(false);
  expect(isSameOrigin({ host: 'web:3000', origin: 'https://dial.example' }, 'https://dial.example')).toBe(
    true,
  );
  expect(isSameOrigin({ host }, undefined)).toBe(true);
});

it('names every setting that is wrong', () => {
  const wrong = { WEB_PORT: 'many', API_URL: 'nowhere', TRUST_PROXY: 'uniquelocal' };
  expect(() => readWebEnv(wrong)).toThrow(/WEB_PORT[\s\S]*API_URL[\s\S]*TRUST_PROXY: must be a number/);
});

it('says who asks in its own words, and passes none of the visitor on', async () => {
  const passed = async (source: Record<string, string>) => {
    const env = readWebEnv(source);
    const server = createServer((request, response) => {
      introduce(request, addressBehind(env.TRUST_PROXY), env.WEB_URL);
      const { host: _, connection: __, ...headers } = request.headers;
      response.end(JSON.stringify(headers));
    });
    const headers = Object.fromEntries(
      ['for', 'host', 'proto'].map((what) => [`x-forwarded-${what}`, `1.2.3.4, forged.${what}`]),
    );
    const host = await listen(server);
    const answer = await fetch(`http://${host}`, { headers });
    return { host, headers: await answer.json() };
  };
  const direct = await passed({ WEB_URL: 'https://dial.example' });
  expect(direct.headers).toMatchObject({
    'x-forwarded-for': '127.0.0.1',
    'x-forwarded-host': direct.host,
    'x-forwarded-proto': 'https',
  });
  const behindOne = await passed({ TRUST_PROXY: '1' });
  expect(behindOne.headers).toMatchObject({ 'x-forwarded-for': 'forged.for', 'x-forwarded-proto': 'http' });
});

it('carries ranges there and back as they are', async () => {
  const api = await listen(
    createServer((request, response) => {
      response.writeHead(206, {
        'content-range': 'bytes 0-3/9',
        'x-seen': String(request.headers.range),
      });
      response.end('part');
    }),
  );
  const host = await front({ API_URL: `http://${api}` });
  const answer = await fetch(`http://${host}/api/audio`, { headers: { range: 'bytes=0-3' } });
  expect(answer.status).toBe(206);
  expect(answer.headers.get('content-range')).toBe('bytes 0-3/9');
  expect(answer.headers.get('x-seen')).toBe('bytes=0-3');
  expect(await answer.text()).toBe('part');
});

it('answers for a dead upstream in words, and lives on', async () => {
  const host = await front({ API_URL: 'http://127.0.0.1:9', SIP_UPSTREAM_URL: 'ws://127.0.0.1:9' });
  const answer = await fetch(`http://${host}/api/me`);
  expect(answer.status).toBe(502);
  expect(await answer.json()).toMatchObject({ success: false, code: 'unavailable' });
  expect(await rawUpgrade(host)).toMatch(/^HTTP\/1\.1 502/);
});

it('closes the connection of an upload that an upstream died under', async () => {
  const api = createServer((request) => request.once('data', () => request.socket.destroy()));
  const host = await front({ API_URL: `http://${await listen(api)}` });
  const [name = '', port] = host.split(':');
  const socket = connect(Number(port), name);
  const closed = new Promise<string>((resolve) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
  });
  const size = 10_000_000;
  socket.write(`POST /api/cdr/upload HTTP/1.1\r\nHost: ${host}\r\nContent-Length: ${size}\r\n\r\n`);
  // A slow line: most of the body is yet to come when the answer does.
  socket.write(Buffer.alloc(300_000));
  expect(await closed).toMatch(/^HTTP\/1\.1 502 [\s\S]*connection: close/i);
});

it('keeps the subprotocol, and closes one side when the other goes', async () => {
  const sip = createServer();
  sip.on('upgrade', (request, socket) => {
    const protocol = request.headers['sec-websocket-protocol'];
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: ${protocol}\r\n\r\n`,
    );
    setImmediate(() => socket.destroy());
  });
  const host = await front({ SIP_UPSTREAM_URL: `ws://${await listen(sip)}` });
  const text = await rawUpgrade(host, ['Sec-WebSocket-Protocol: sip']);
  expect(text).toMatch(/^HTTP\/1\.1 101/);
  expect(text.toLowerCase()).toContain('sec-websocket-protocol: sip');
});
