import { join } from 'node:path';
import { type AppOptions, migrate, seed, startApi, startWeb, startWorker } from '../run/apps';
import { ensureBuilt } from '../run/build';
import { say, sayBox, step } from '../run/console';
import { LocalRun } from '../run/local-run';
import { APPS_OWNER, STATE_DIR } from '../run/settings';

const DEMO = [
  'agent1@outdial.test       an agent, with a phone',
  'manager@outdial.test      a manager, with the whole history',
  'superadmin@outdial.test   everything',
  'Password of all:          outdial-demo',
  '',
  'Try this: sign in as agent1, upload prisma/samples/leads.csv,',
  'press Start dialing. Or dial *43 to hear your own voice.',
];

const NO_DEMO = [
  'Without demo data. docs/operations.md tells how to make',
  'the first organization and its superadmin.',
];

/** `npm start`: from a fresh clone to a running product, and quickly so the next time. */
await LocalRun.main(async (run) => {
  console.log('\n  Outdial\n');
  const { settings } = run;
  await run.checkPorts();
  await step('System packages', () => run.installSystemPackages());
  // The build wants the processor, the parts mostly wait: both at once.
  await Promise.all([
    run.startStack(),
    step('Build', async () => ((await ensureBuilt()) ? 'Build' : 'Build (kept from last time)')),
  ]);
  if (run.isEnding) return 'stay';

  const env = await run.appEnv('production');
  await step('Migrations', () => migrate(env));
  if (settings.demo) await step('Demo data', () => seed(env));
  const options: AppOptions = {
    env,
    inheritEnv: true,
    logDir: join(STATE_DIR, 'logs'),
    ownerDir: APPS_OWNER,
    onLog: say,
  };
  await Promise.all([
    step(`API on port ${settings.apiPort}`, () => run.own(startApi(options))),
    step('Worker', () => run.own(startWorker(options))),
    step(`Web on port ${settings.webPort}`, () => run.own(startWeb(options))),
  ]);
  if (run.isEnding) return 'stay';

  sayBox([
    `Outdial is ready: ${settings.webUrl}`,
    '',
    ...(settings.demo ? DEMO : NO_DEMO),
    '',
    'Logs: .outdial/logs     API: /api/docs     Stop: Ctrl-C',
  ]);
  return 'stay';
});
