import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { openGate } from './api-gate';
import { readWebEnv } from './env';
import { Rotation } from './rotation';
import { Upstreams } from './upstreams';

const AWAY = 'http://127.0.0.1:9';

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

function listen(server: Server): Promise<string> {
  cleanUps.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return new Promise((resolve) => {
    const say = () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.listen(0, '127.0.0.1', say);
  });
}

const serve = (listener: RequestListener) => listen(createServer(listener));

/** An API that says its name and what it was sent. */
const named = (name: string) =>
  serve(async (request, response) => {
    response.setHeader('x-api', name).setHeader('x-seen', String(request.headers['x-forwarded-for']));
    response.end(await text(request));
  });

/** A web server before these APIs. */
async function before(...addresses: string[]) {
  const env = readWebEnv({ API_URL: addresses.join(', ') });
  const upstreams = new Upstreams(env, new Rotation(env.API_URL));
  const server = createServer((request, response) => upstreams.web(request, response, 'api'));
  server.on('upgrade', (request, socket, head) =>
    upstreams.upgrade(request, socket as never, head as Buffer, 'api'),
  );
  return { url: await listen(server), upstreams };
}

const nameOf = async (url: string) => (await fetch(url)).headers.get('x-api');

/** The head of the answer to an upgrade. */
function upgrade(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    cleanUps.push(() => socket.destroy());
    socket.once('data', (data) => resolve(String(data)));
    socket.once('error', reject);
    socket.write('GET /socket.io HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  });
}

it('asks one after the other, on connections that are kept', async () => {
  let connections = 0;
  const counted = createServer((_, response) => response.setHeader('x-api', 'a').end());
  counted.on('connection', () => connections++);
  const { url } = await before(await listen(counted), await named('b'));
  const names: unknown[] = [];
  for (let asked = 0; asked < 4; asked++) names.push(await nameOf(url));
  expect(names).toEqual(['a', 'b', 'a', 'b']);
  expect(connections).toBe(1);
});

it('gives what one refused to the next, body and all', async () => {
  const { url } = await before(AWAY, await named('b'));
  const body = 'x'.repeat(300_000);
  for (let sent = 0; sent < 3; sent++) {
    const answer = await fetch(url, { method: 'POST', body });
    expect([answer.status, await answer.text()]).toEqual([200, body]);
  }
});

it('sends what may have arrived a second time only if it was a question', async () => {
  let taken = 0;
  const dying = await serve((request) => {
    taken++;
    request.socket.destroy();
  });
  const { url } = await before(dying, await named('b'));
  expect(await nameOf(url)).toBe('b');
  await nameOf(url);
  const posted = await fetch(url, { method: 'POST', body: 'once' });
  expect(posted.status).toBe(502);
  expect(taken).toBe(2);
  expect((await fetch(url, { method: 'DELETE' })).status).toBe(200);
  expect((await fetch(url, { method: 'DELETE' })).status).toBe(502);
});

it('does not begin an answer anew that broke off', async () => {
  const breaking = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '9' }).write('half');
    setTimeout(() => response.destroy(), 20);
  });
  const { url } = await before(breaking, await named('b'));
  await expect(fetch(url).then((answer) => answer.text())).rejects.toThrow();
});

it('opens WebSockets at one that answers', async () => {
  const api = createServer();
  api.on('upgrade', (_, socket) => {
    cleanUps.push(() => socket.destroy());
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
  });
  const { url } = await before(AWAY, await listen(api));
  for (let opened = 0; opened < 3; opened++) expect(await upgrade(url)).toMatch(/^HTTP\/1\.1 101/);
  expect(await upgrade((await before(AWAY, AWAY)).url)).toMatch(/^HTTP\/1\.1 502/);
});

it('says that none can be reached', async () => {
  const { url } = await before(AWAY, 'http://127.0.0.1:19');
  expect((await fetch(url)).status).toBe(502);
});

it('gives Next one address, and who asked as it was said', async () => {
  const { upstreams } = await before(AWAY, await named('b'));
  const gate = await openGate(upstreams);
  cleanUps.push(() => gate.close());
  const answer = await fetch(gate.url, { headers: { 'x-forwarded-for': '192.0.2.1' } });
  expect([answer.headers.get('x-api'), answer.headers.get('x-seen')]).toEqual(['b', '192.0.2.1']);
});
