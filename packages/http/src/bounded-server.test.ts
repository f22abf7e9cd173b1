import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createBoundedServer } from './bounded-server';

const open: (Server | Socket)[] = [];
afterEach(() => {
  for (const one of open.splice(0)) 'destroy' in one ? one.destroy() : one.close();
});

const SHORT = { headersTimeout: 200, requestTimeout: 5_000, connectionsCheckingInterval: 50 };

/** A server that answers a request once it is there as a whole. @returns how to connect to it */
async function serve(bounds: Parameters<typeof createBoundedServer>[1]) {
  const server = createBoundedServer((request, response) => {
    request.resume().once('end', () => response.end('taken'));
  }, bounds);
  open.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return async () => {
    // It stays open when the other side ends, as that of one who means ill.
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    open.push(socket);
    await once(socket, 'connect');
    let text = '';
    socket.on('data', (chunk) => {
      text += String(chunk);
    });
    const closed = new Promise<string>((resolve) => {
      socket.once('end', () => resolve(text));
      socket.once('error', () => resolve(text));
    });
    return { socket, closed };
  };
}

it.each(['', 'GET / HTTP/1.1\r\nHost: x\r\n'])(
  'lets nobody hold a socket with the head "%s"',
  async (head) => {
    const { socket, closed } = await (await serve(SHORT))();
    socket.write(head);
    expect(await closed).toMatch(/^HTTP\/1\.1 408 [\s\S]+took too long to arrive/);
  },
);

it('does not count a body to the head: a slow upload arrives', async () => {
  const { socket, closed } = await (await serve(SHORT))();
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 8\r\n\r\n');
  for (const byte of 'recorded') {
    socket.write(byte);
    await new Promise((later) => setTimeout(later, 60));
  }
  expect(await closed).toMatch(/^HTTP\/1\.1 200 [\s\S]+taken/);
});

it('keeps an idle connection for the next request, as proxies do', async () => {
  const { socket, closed } = await (await serve(SHORT))();
  const request = 'GET / HTTP/1.1\r\nHost: x\r\n';
  socket.write(`${request}\r\n`);
  await once(socket, 'data');
  await new Promise((later) => setTimeout(later, 500));
  socket.write(`${request}Connection: close\r\n\r\n`);
  expect((await closed).match(/HTTP\/1\.1 200/g)).toHaveLength(2);
});

it('gives an hour of talk on a slow line its half hour', () => {
  const server = createBoundedServer();
  expect(server.requestTimeout).toBeGreaterThanOrEqual((30_000_000 / 20_000) * 1000);
  expect(server.headersTimeout).toBeLessThanOrEqual(15_000);
});

it('says what is wrong with a head that is too long, or none', async () => {
  const knock = await serve({});
  const long = await knock();
  long.socket.write(`GET / HTTP/1.1\r\nHost: x\r\nCookie: ${'a'.repeat(20_000)}\r\n\r\n`);
  expect(await long.closed).toMatch(/^HTTP\/1\.1 431 [\s\S]+longer than 16 kB/);
  const strange = await knock();
  strange.socket.write('EHLO mail.example.com\r\n\r\n');
  expect(await strange.closed).toMatch(/^HTTP\/1\.1 400 [\s\S]+no request that can be read/);
});

it('holds only so many sockets', async () => {
  const knock = await serve({ maxConnections: 2 });
  await knock();
  await knock();
  expect(await (await knock()).closed).toBe('');
});
