import { step } from '../run/console';
import { generateClient, migrateFromSource } from '../run/from-source';
import { LocalRun } from '../run/local-run';

/** `npm run db:migrate`: applies migrations to `DATABASE_URL`, or to the private database of this clone. */
await LocalRun.main(async (run) => {
  await run.installSystemPackages('database');
  await Promise.all([run.startStack('database'), generateClient()]);
  const env = await run.appEnv('development');
  await step('Migrations', () => migrateFromSource(env));
  return 'end';
});
