import { join } from 'node:path';
import { Child } from '../child';
import type { SupervisorOptions } from '../supervisor';
import { Supervisor } from '../supervisor';
import { waitUntil } from '../wait';
import { runToEnd } from './run-to-end';
import { APPS_OWNER, ROOT, STATE_DIR } from './settings';

export type AppEnv = Readonly<Record<string, string>>;

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
  readonly onLog: SupervisorOptions['onLog'];
  readonly onFatal: (reason: string) => void;
}

/** The API, ready when it reaches its database. */
export function startApi(port: number, options: AppOptions): Promise<Supervisor> {
  return startApp('api', 'apps/backend/dist/server.js', `http://127.0.0.1:${port}/api/health/ready`, options);
}

/** The page's server, ready when it renders. */
export function startWeb(port: number, options: AppOptions): Promise<Supervisor> {
  return startApp('web', 'apps/frontend/dist/server.js', `http://127.0.0.1:${port}/login`, options);
}

function startApp(name: string, script: string, readyUrl: string, options: AppOptions): Promise<Supervisor> {
  const logFile = join(STATE_DIR, `logs/${name}.log`);
  return Supervisor.start({
    name,
    logFile,
    spawn: () =>
      new Child({
        name,
        command: process.execPath,
        args: [join(ROOT, script)],
        cwd: ROOT,
        env: options.env,
        inheritEnv: true,
        logFile,
        ownerDir: APPS_OWNER,
        // It finishes the requests in flight first, for 10 s at most.
        stopTimeoutMs: 15_000,
      }),
    ready: (child) =>
      waitUntil(async () => (await fetch(readyUrl)).ok, {
        timeoutMs: 60_000,
        giveUp: () => child.exit !== undefined,
      }),
    onDeath: 'restart-or-fail',
    onLog: options.onLog,
    onFatal: options.onFatal,
  });
}

function runOnce(what: string, script: string, name: string, env: AppEnv): Promise<void> {
  const logFile = join(STATE_DIR, `logs/${name}.log`);
  return runToEnd({ what, command: process.execPath, args: [join(ROOT, script)], env, logFile });
}
