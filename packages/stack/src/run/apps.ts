import { join } from 'node:path';
import { Child } from '../child';
import type { SupervisorOptions } from '../supervisor';
import { Supervisor } from '../supervisor';
import { waitUntil } from '../wait';
import { runToEnd } from './run-to-end';
import { ROOT, reachableHost, STATE_DIR } from './settings';

export type AppEnv = Readonly<Record<string, string>>;

/** Longer than an app's own patience with what it has under way (10 s), or that would be cut off. */
const STOP_TIMEOUT_MS = 15_000;

/** Applies migrations. Safe to repeat. */
export function migrate(env: AppEnv): Promise<void> {
  return runOnce('The migration', 'apps/backend/dist/migrate.js', 'migrate', env);
}

/** Puts the demo data in. Safe to repeat. */
export function seed(env: AppEnv): Promise<void> {
  return runOnce('Seeding', 'apps/backend/dist/seed.js', 'seed', env);
}

export interface AppOptions {
  readonly env: AppEnv;
  /** Give the app this process's whole environment first. */
  readonly inheritEnv?: boolean;
  readonly logDir: string;
  /** Owner (see `stale.ts`) of the app's process. */
  readonly ownerDir: string;
  readonly onLog: SupervisorOptions['onLog'];
}

/** The API on `PORT`, ready when it reaches its database. */
export function startApi(options: AppOptions): Promise<Supervisor> {
  const api = `${options.env.API_URL}/api/health`;
  return startApp('api', 'apps/backend/dist/server.js', `${api}/live`, options, `${api}/ready`);
}

/** The worker, which says on `WORKER_PORT` how it is. */
export function startWorker(options: AppOptions): Promise<Supervisor> {
  const { HOST = '127.0.0.1', WORKER_PORT } = options.env;
  const liveUrl = `http://${reachableHost(HOST)}:${WORKER_PORT}/health/live`;
  return startApp('worker', 'apps/backend/dist/worker.js', liveUrl, options);
}

/** The page's server on `WEB_PORT`, ready when it renders. */
export function startWeb(options: AppOptions): Promise<Supervisor> {
  const { HOST = '127.0.0.1', WEB_PORT } = options.env;
  const web = `http://${reachableHost(HOST)}:${WEB_PORT}`;
  return startApp('web', 'apps/frontend/dist/server.js', `${web}/health/live`, options, `${web}/login`);
}

/**
 * @param liveUrl answered by the process alone, so that nobody else's trouble gets it ended
 * @param readyUrl what must work once before the start counts as one: wrong settings show themselves here
 */
async function startApp(
  name: string,
  script: string,
  liveUrl: string,
  options: AppOptions,
  readyUrl = liveUrl,
): Promise<Supervisor> {
  const { env, inheritEnv = false, ownerDir, onLog } = options;
  const logFile = join(options.logDir, `${name}.log`);
  const supervisor = await Supervisor.start({
    name,
    logFile,
    spawn: () =>
      new Child({
        name,
        command: process.execPath,
        args: [join(ROOT, script)],
        cwd: ROOT,
        env,
        inheritEnv,
        logFile,
        ownerDir,
        stopTimeoutMs: STOP_TIMEOUT_MS,
      }),
    ready: (child) => isOkSoon(liveUrl, () => child.exit !== undefined),
    probe: (signal) => isOk(liveUrl, signal),
    onLog,
  });
  if (await isOkSoon(readyUrl)) return supervisor;
  await supervisor.stop();
  throw new Error(`${name} runs but does not become ready. See ${logFile}`);
}

async function isOk(url: string, signal: AbortSignal): Promise<boolean> {
  const response = await fetch(url, { signal });
  await response.body?.cancel();
  return response.ok;
}

function isOkSoon(url: string, giveUp?: () => boolean): Promise<boolean> {
  return waitUntil(() => isOk(url, AbortSignal.timeout(5000)), {
    timeoutMs: 60_000,
    ...(giveUp && { giveUp }),
  });
}

function runOnce(what: string, script: string, name: string, env: AppEnv): Promise<void> {
  const logFile = join(STATE_DIR, `logs/${name}.log`);
  return runToEnd({ what, command: process.execPath, args: [join(ROOT, script)], env, logFile });
}
