import { createServer, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { addressBehind, createBoundedServer } from '@outdial/http';
import next from 'next';
import { openGate } from './api-gate';
import { introduce } from './client-address';
import { readWebEnv } from './env';
import { isSameOrigin } from './origin';
import { Rotation } from './rotation';
import { SipDoor } from './sip-door';
import { answerUpgradeRequired, refuseUpgrade, Upstreams, upstreamOf } from './upstreams';

const SHUTDOWN_MS = 5_000;
/** Whether this process answers: no page is made for it, and nobody else is asked. */
const LIVE_PATH = '/health/live';

const dev = process.argv.includes('--dev');
const env = readWebEnv(process.env);
const apis = new Rotation(env.API_URL);
const upstreams = new Upstreams(env, apis);
// Next asks the API, too, while it renders, and knows one address.
const gate = env.API_URL.length > 1 ? await openGate(upstreams) : null;
if (gate) process.env.API_URL = gate.url;
// `server/main.ts` and the bundled `dist/server.js` both lie one folder below the app.
const dir = fileURLToPath(new URL('..', import.meta.url));
// Next listens for upgrades on the server it is given; it gets one of its own, or it would answer ours too.
const nextUpgrades = createServer();
const app = next({ dev, dir, hostname: env.HOST, port: env.WEB_PORT, httpServer: nextUpgrades });
try {
  await app.prepare();
} catch (error) {
  const words = error instanceof Error ? error.message : String(error);
  console.error(`The web app could not be started: ${words}`);
  process.exit(1);
}
const handle = app.getRequestHandler();
const addressOf = addressBehind(env.TRUST_PROXY);
const door = new SipDoor({ apis, addressOf });

const server = createBoundedServer((request, response) => {
  // By this process alone: who supervises it must not end it for somebody else's trouble.
  if (request.url === LIVE_PATH) return void response.end('ok');
  introduce(request, addressOf, env.WEB_URL);
  const target = upstreamOf(request.url, env);
  if (target === 'sip') answerUpgradeRequired(response);
  else if (target) void upstreams.web(request, response, target);
  else void handle(request, response);
});

server.on('upgrade', (request, duplex, head: Buffer) => {
  const socket = duplex as Socket;
  socket.on('error', () => socket.destroy());
  introduce(request, addressOf, env.WEB_URL);
  if (!isSameOrigin(request.headers, env.WEB_URL)) return refuseUpgrade(socket, '403 Forbidden');
  const target = upstreamOf(request.url, env);
  if (target === 'sip') void upgradeSip(request, socket, head);
  else if (target) void upstreams.upgrade(request, socket, head, target);
  else if (dev) nextUpgrades.emit('upgrade', request, socket, head);
  else refuseUpgrade(socket, '404 Not Found');
});

async function upgradeSip(request: IncomingMessage, socket: Socket, head: Buffer) {
  if (await door.admits(request, socket)) await upstreams.upgrade(request, socket, head, 'sip');
}

server.on('error', (error: NodeJS.ErrnoException) => {
  const words =
    error.code === 'EADDRINUSE'
      ? `Port ${env.WEB_PORT} is taken; set WEB_PORT to another.`
      : `The web server cannot listen: ${error.message}`;
  console.error(words);
  process.exit(1);
});

server.listen(env.WEB_PORT, env.HOST, () => {
  console.log(`Web on http://${env.HOST}:${env.WEB_PORT}`);
});

let closing = false;
function shutDown(): void {
  if (closing) process.exit(1);
  closing = true;
  setTimeout(() => process.exit(0), SHUTDOWN_MS).unref();
  server.close(() => void app.close().finally(() => process.exit(0)));
  server.closeIdleConnections();
  door.close();
  upstreams.close();
  gate?.close();
}
process.on('SIGTERM', shutDown);
process.on('SIGINT', shutDown);
