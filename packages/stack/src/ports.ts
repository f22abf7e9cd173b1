import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

const HOST = '127.0.0.1';
/** Below Linux's ephemeral range (32768 and up), so that no outgoing socket takes a port of ours. */
const FIRST = 20_000;
const LAST = 32_000;

/**
 * Base of a run of free UDP ports for media, tried at random places so that two stacks on one machine
 * (a demo and a test run) seldom meet. Ports may be taken after the look; rtpengine skips such ports.
 * @param probe how many ports from the base are checked
 * @throws if a hundred places were all taken
 */
export async function freeUdpRange(size: number, probe = Math.min(size, 8)): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const base = FIRST + 2 * randomInt((LAST - FIRST - size) / 2);
    const checks = await Promise.all(Array.from({ length: probe }, (_, offset) => isUdpFree(base + offset)));
    if (checks.every(Boolean)) return base;
  }
  throw new Error(`No ${size} free UDP ports between ${FIRST} and ${LAST}.`);
}

/** One free UDP port. */
export async function freeUdpPort(): Promise<number> {
  return freeUdpRange(2, 2);
}

/**
 * One free TCP port that stays free for a process that is started again later.
 * @param wanted taken if it is free
 * @throws if a hundred places were all taken
 */
export async function freeTcpPort(wanted?: number): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = attempt === 0 && wanted !== undefined ? wanted : randomInt(FIRST, LAST);
    if (await isTcpFree(port)) return port;
  }
  throw new Error(`No free TCP port between ${FIRST} and ${LAST}.`);
}

/** True if nothing listens on this TCP port of the address. */
export async function isTcpFree(port: number, host = HOST): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

async function isUdpFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => resolve(false));
    socket.bind({ port, address: HOST, exclusive: true }, () => socket.close(() => resolve(true)));
  });
}
