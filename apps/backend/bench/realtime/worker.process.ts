import { createBackground } from '../../src/background';
import { readEnv } from '../../src/config/env';
import { createLogger } from '../../src/config/logger';
import { createCore } from '../../src/container';
import { answer } from './serve';

/** The worker process: the relay, and the jobs that nobody asks for here. */
const env = readEnv();
const core = await createCore(env, createLogger(env.LOG_LEVEL, 'worker'));
const background = createBackground(core);
background.start();
answer('', async () => {
  await background.close();
  await core.close();
});
