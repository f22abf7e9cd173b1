import { createServer } from 'node:http';
import { createApp } from './app';
import { EnvError, readEnv } from './config/env';
import { createLogger } from './config/logger';
import { createContainer } from './container';

const SWEEP_MS = 30_000;
/** Longer than any proxy in front keeps an idle connection, so that none sends into a closing one. */
const KEEP_ALIVE_MS = 75_000;
/** How long requests in flight may take to finish once the process was told to stop. */
const DRAIN_MS = 10_000;
/** How soon a connection is closed after the answer that was in flight. */
const LET_GO_MS = 100;

async function main(): Promise<void> {
  const env = readEnv();
  const logger = createLogger(env.LOG_LEVEL);
  const container = await createContainer(env, logger);
  const server = createServer(createApp(container, env, logger));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  container.realtime.attach(server, container.auth, env.CORS_ORIGINS);
  const sweep = setInterval(() => {
    container.sweeper.sweep().catch((error: unknown) => logger.error({ err: error }, 'sweep failed'));
  }, SWEEP_MS);

  let stopping = false;
  const stop = async (signal: string) => {
    logger.info({ signal }, 'stopping: requests in flight may finish');
    container.health.drain();
    clearInterval(sweep);
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const giveUp = setTimeout(() => {
      logger.warn('connections that did not end in time are cut off');
      server.closeAllConnections();
    }, DRAIN_MS);
    // Who keeps a connection would go on sending requests over it.
    server.prependListener('request', (_request, response) => response.setHeader('connection', 'close'));
    const letGo = setInterval(() => server.closeIdleConnections(), LET_GO_MS);
    await container.realtime.close();
    await closed;
    clearTimeout(giveUp);
    clearInterval(letGo);
    await container.close();
    logger.info('stopped');
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void stop(signal).then(() => process.exit(0));
    });
  }

  server.on('error', (error: NodeJS.ErrnoException) => {
    const taken = error.code === 'EADDRINUSE';
    logger.fatal(
      { err: error },
      taken ? `Port ${env.PORT} is taken. Set PORT to another.` : 'could not listen',
    );
    process.exit(1);
  });
  server.listen(env.PORT, env.HOST, () => {
    logger.info({ address: server.address(), switch: env.SIP_WS_URL ? 'external' : 'bundled' }, 'listening');
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof EnvError ? error.message : error);
  process.exit(1);
});
