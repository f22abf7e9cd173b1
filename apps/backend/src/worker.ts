import { createServer } from 'node:http';
import { EnvError, readEnv } from './config/env';
import { createLogger } from './config/logger';

/** How long a stop may take before whoever still asks is cut off. */
const DRAIN_MS = 10_000;

const HEALTHY = { success: true, status: 'healthy' };
const ELSEWHERE = { success: false, code: 'not-found', message: 'The worker answers GET /health only.' };

/** What is done behind the requests, in a process of its own: it may be busy or die, and nobody's page waits. */
async function main(): Promise<void> {
  const env = readEnv();
  const logger = createLogger(env.LOG_LEVEL);
  const server = createServer(({ method, url }, response) => {
    const asked = method === 'GET' && url === '/health';
    response.writeHead(asked ? 200 : 404, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify(asked ? HEALTHY : ELSEWHERE));
  });

  let stopping = false;
  const stop = async (signal: string) => {
    logger.info({ signal }, 'stopping');
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const giveUp = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    await closed;
    clearTimeout(giveUp);
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
      taken ? `Port ${env.WORKER_PORT} is taken. Set WORKER_PORT to another.` : 'could not listen',
    );
    process.exit(1);
  });
  server.listen(env.WORKER_PORT, env.HOST, () => logger.info({ address: server.address() }, 'listening'));
}

main().catch((error: unknown) => {
  console.error(error instanceof EnvError ? error.message : error);
  process.exit(1);
});
