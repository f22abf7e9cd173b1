import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Question } from './measured';

/** Listens on loopback. @returns the address */
export async function listen(): Promise<{ server: Server; url: string }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** The inside of a `Measured`: says that it is ready, and answers until it is closed. */
export function answer(
  url: string,
  close: () => Promise<void>,
  send: (question: Extract<Question, { kind: 'send' }>) => Promise<void> = async () => undefined,
): void {
  process.on('message', async (question: Question) => {
    if (question.kind === 'close') {
      await close();
      process.exit(0);
    }
    if (question.kind === 'send') await send(question);
    const { user, system } = process.cpuUsage();
    process.send?.((user + system) / 1000);
  });
  process.once('disconnect', () => process.exit(1));
  process.send?.(url);
}

/** Calls something so many times a second, so many times. */
export async function steadily(
  times: number,
  perSecond: number,
  work: (index: number) => void,
): Promise<void> {
  const begin = performance.now();
  for (let index = 0; index < times; index++) {
    const wait = begin + (index * 1000) / perSecond - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    work(index);
  }
}
