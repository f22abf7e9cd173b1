import type { Server } from 'node:http';
import type { Logger } from './config/logger';

/** How long requests in flight may take to finish once the process was told to stop. */
const DRAIN_MS = 10_000;
/** How soon a connection is closed after the answer that was in flight. */
const LET_GO_MS = 100;

interface Place {
  readonly port: number;
  readonly host: string;
  /** The setting that names the port. */
  readonly setting: string;
  readonly logger: Logger;
}

/**
 * Serves until SIGTERM or SIGINT, then lets requests in flight finish, runs `close` and ends the process.
 * @param draining told first of all: from then on nobody should send more
 */
export function listenUntilStopped(
  server: Server,
  { port, host, setting, logger }: Place,
  close: () => Promise<void>,
  draining: () => Promise<void> | void = () => undefined,
): void {
  let isStopping = false;
  const stop = async (signal: string) => {
    logger.info({ signal }, 'stopping: requests in flight may finish');
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const giveUp = setTimeout(() => {
      logger.warn('connections that did not end in time are cut off');
      server.closeAllConnections();
    }, DRAIN_MS);
    // Who keeps a connection would go on sending requests over it.
    server.prependListener('request', (_request, response) => response.setHeader('connection', 'close'));
    const letGo = setInterval(() => server.closeIdleConnections(), LET_GO_MS);
    await draining();
    await closed;
    clearTimeout(giveUp);
    clearInterval(letGo);
    await close();
    logger.info('stopped');
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      void stop(signal).then(() => process.exit(0));
    });
  }
  server.on('error', (error: NodeJS.ErrnoException) => {
    const isTaken = error.code === 'EADDRINUSE';
    logger.fatal(
      { err: error },
      isTaken ? `Port ${port} is taken. Set ${setting} to another.` : 'could not listen',
    );
    process.exit(1);
  });
  server.listen(port, host, () => logger.info({ address: server.address() }, 'listening'));
}
