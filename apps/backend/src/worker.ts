import { createServer } from 'node:http';
import { createBackground } from './background';
import { EnvError } from './config/addresses';
import { readEnv } from './config/env';
import { createLogger } from './config/logger';
import { createCore } from './container';
import { listenUntilStopped } from './process';

const ELSEWHERE = {
  success: false,
  code: 'not-found',
  message: 'The worker answers GET /health and GET /health/live only.',
};

/** What is done behind the requests, in a process of its own: it may be busy or die, and nobody's page waits. */
async function main(): Promise<void> {
  const env = readEnv();
  const logger = createLogger(env.LOG_LEVEL, 'worker');
  const core = await createCore(env, logger);
  const background = createBackground(core);
  const answers: Readonly<Record<string, () => object | Promise<object>>> = {
    '/health': () => core.services.health.show(),
    '/health/live': () => ({ success: true }),
  };
  const server = createServer(async ({ method, url }, response) => {
    const answer = method === 'GET' ? answers[url ?? ''] : undefined;
    const body = answer ? await answer() : ELSEWHERE;
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify(body));
  });
  background.start();
  listenUntilStopped(
    server,
    { port: env.WORKER_PORT, host: env.HOST, setting: 'WORKER_PORT', logger },
    async () => {
      await background.close();
      await core.close();
    },
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof EnvError ? error.message : error);
  process.exit(1);
});
