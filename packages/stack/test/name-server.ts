import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** A name server (RFC 1035) that says one address of every name, with a long life, and may be told another. */
export async function startNameServer(address: string) {
  const state = { address };
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address: asker }) => {
    const answer = Buffer.from(query);
    answer.writeUInt16BE(0x8180, 2);
    answer.writeUInt16BE(1, 6);
    const record = Buffer.from([
      0xc0,
      12,
      0,
      1,
      0,
      1,
      0,
      0,
      14,
      16,
      0,
      4,
      ...state.address.split('.').map(Number),
    ]);
    socket.send(Buffer.concat([answer.subarray(0, questionEnd(query)), record]), port, asker);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address() as AddressInfo;
  return { state, resolver: `127.0.0.1:${port}`, close: () => socket.close() };
}

/** Labels up to the empty one, then type and class. */
function questionEnd(query: Buffer): number {
  let at = 12;
  while (query[at]) at += (query[at] ?? 0) + 1;
  return at + 5;
}
