import { readEnv } from '../../src/config/env';
import { createLogger } from '../../src/config/logger';
import { createApi, createCore } from '../../src/container';
import { answer, listen } from './serve';

/** The API process as far as sockets go: the product's own gateway. */
const env = readEnv();
const core = await createCore(env, createLogger(env.LOG_LEVEL, 'api'));
const { realtime } = createApi(core);
const { server, url } = await listen();
realtime.attach(server, []);
answer(url, async () => {
  await realtime.close();
  await core.close();
});
