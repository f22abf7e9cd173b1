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
  readonly onFatal: (reason: string) => void;
}

/** The API on `PORT`, ready when it reaches its database. */
export function startApi(options: AppOptions): Promise<Supervisor> {
  return startApp('api', 'apps/backend/dist/server.js', `${options.env.API_URL}/api/health/ready`, options);
}

/** The worker, which says on `WORKER_PORT` how it is. */
export function startWorker(options: AppOptions): Promise<Supervisor> {
  const { HOST = '127.0.0.1', WORKER_PORT } = options.env;
  const url = `http://${reachableHost(HOST)}:${WORKER_PORT}/health`;
  // Jobs that kill it must not end calls: they fail in the end, and meanwhile it is started again and again.
  return startApp('worker', 'apps/backend/dist/worker.js', url, options, 'restart');
}

/** The page's server on `WEB_PORT`, ready when it renders. */
export function startWeb(options: AppOptions): Promise<Supervisor> {
  const { HOST = '127.0.0.1', WEB_PORT } = options.env;
  const url = `http://${reachableHost(HOST)}:${WEB_PORT}/login`;
  return startApp('web', 'apps/frontend/dist/server.js', url, options);
}

function startApp(
  name: string,
  script: string,
  readyUrl: string,
  options: AppOptions,
  onDeath: SupervisorOptions['onDeath'] = 'restart-or-fail',
): Promise<Supervisor> {
  const { env, inheritEnv = false, ownerDir, onLog, onFatal } = options;
  const logFile = join(options.logDir, `${name}.log`);
  return Supervisor.start({
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
    ready: (child) =>
      waitUntil(async () => (await fetch(readyUrl, { signal: AbortSignal.timeout(5000) })).ok, {
        timeoutMs: 60_000,
        giveUp: () => child.exit !== undefined,
      }),
    onDeath,
    onLog,
    onFatal,
  });
}

function runOnce(what: string, script: string, name: string, env: AppEnv): Promise<void> {
  const logFile = join(STATE_DIR, `logs/${name}.log`);
  return runToEnd({ what, command: process.execPath, args: [join(ROOT, script)], env, logFile });
}
