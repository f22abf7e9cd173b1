import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Upstreams } from './upstreams';

interface Gate {
  readonly url: string;
  close(): void;
}

/**
 * One address on loopback before several APIs, for what runs in this very process. It carries requests as they are:
 * who asks has been written into them at the door.
 */
export function openGate(upstreams: Upstreams): Promise<Gate> {
  const server = createServer((request, response) => void upstreams.web(request, response, 'api'));
  server.on('clientError', (_error, socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({ url: `http://127.0.0.1:${port}`, close: () => void server.close() });
    });
  });
}
