import { createBoundedServer } from '@outdial/http';
import { createApp } from './app';
import { EnvError } from './config/addresses';
import { readEnv } from './config/env';
import { createLogger } from './config/logger';
import { createApi, createCore } from './container';
import { listenUntilStopped } from './process';

async function main(): Promise<void> {
  const env = readEnv();
  const logger = createLogger(env.LOG_LEVEL, 'api');
  const core = await createCore(env, logger);
  await core.warmUp();
  const api = createApi(core);
  const server = createBoundedServer(createApp(api, env, logger));
  api.realtime.attach(server, env.CORS_ORIGINS);
  listenUntilStopped(
    server,
    { port: env.PORT, host: env.HOST, setting: 'PORT', logger },
    () => core.close(),
    () => {
      api.health.drain();
      return api.realtime.close();
    },
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof EnvError ? error.message : error);
  process.exit(1);
});
