import { join } from 'node:path';
import type { AppEnv } from './apps';
import { runToEnd } from './run-to-end';
import { ROOT, STATE_DIR } from './settings';

/** Makes the Prisma client, unless turbo has it for this schema. */
export function generateClient(): Promise<void> {
  return run('turbo', ['run', 'generate'], { TURBO_TELEMETRY_DISABLED: '1' });
}

/** Applies migrations, without a build. */
export function migrateFromSource(env: AppEnv): Promise<void> {
  return run('tsx', ['apps/backend/src/migrate.ts'], env);
}

/** Puts the demo data in, without a build. */
export function seedFromSource(env: AppEnv): Promise<void> {
  return run('tsx', ['prisma/seed.ts'], env);
}

function run(tool: string, args: readonly string[], env: AppEnv): Promise<void> {
  const command = join(ROOT, 'node_modules/.bin', tool);
  return runToEnd({
    what: [tool, ...args].join(' '),
    command,
    args,
    env,
    logFile: join(STATE_DIR, 'logs/tools.log'),
  });
}
