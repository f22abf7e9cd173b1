import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { AppEnv } from '../run/apps';
import { sayBox, step } from '../run/console';
import { generateClient, migrateFromSource, seedFromSource } from '../run/from-source';
import { LocalRun } from '../run/local-run';
import { ROOT } from '../run/settings';

/** `npm run dev`: the same parts and data as `npm start`, with the apps from their sources and reloading. */
await LocalRun.main(async (run) => {
  const { settings } = run;
  await run.checkPorts();
  await step('System packages', () => run.installSystemPackages());
  await Promise.all([run.startStack(), step('Prisma client', generateClient)]);
  if (run.isEnding) return 'stay';

  const env = await run.appEnv('development');
  await step('Migrations', () => migrateFromSource(env));
  if (settings.demo) await step('Demo data', () => seedFromSource(env));
  const backend = join(ROOT, 'apps/backend');
  for (const entry of ['server', 'worker'])
    await run.own(child([process.execPath, 'scripts/watch.mjs', entry], backend, env, run));
  // Next reloads the pages itself; this is for its server.
  const web = ['watch', '--clear-screen=false', 'apps/frontend/server/main.ts', '--dev'];
  await run.own(child([join(ROOT, 'node_modules/.bin/tsx'), ...web], ROOT, env, run));
  const signIn = settings.demo ? ['agent1@outdial.test, password outdial-demo'] : [];
  sayBox([`Outdial in development: ${settings.webUrl}`, ...signIn]);
  return 'stay';
});

/** On this terminal, unlike the apps of `npm start`: what they say is what a developer wants to read. */
async function child([program = '', ...args]: readonly string[], cwd: string, env: AppEnv, run: LocalRun) {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    // Each would take a press of Enter for a wish to start again.
    stdio: ['ignore', 'inherit', 'inherit'],
    // Its own process group: Ctrl-C comes to us, and we stop in order.
    detached: true,
  });
  const exited = once(child, 'exit');
  void exited.then(() => run.fail(`${args.join(' ')} ended`));
  return {
    async stop(): Promise<void> {
      if (child.exitCode === null && child.signalCode === null && child.pid)
        process.kill(-child.pid, 'SIGTERM');
      await exited;
    },
  };
}
