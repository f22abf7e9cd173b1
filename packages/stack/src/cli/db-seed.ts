import { step } from '../run/console';
import { generateClient, migrateFromSource, seedFromSource } from '../run/from-source';
import { LocalRun } from '../run/local-run';

/** `npm run db:seed`: puts the demo data into `DATABASE_URL`, or into the private database of this clone. */
await LocalRun.main(async (run) => {
  await run.installSystemPackages('database');
  await Promise.all([run.startStack('database'), generateClient()]);
  // Asked for by its name, also with a database of one's own; but a plain no stays one.
  const env = { ...(await run.appEnv('development')), OUTDIAL_DEMO: run.settings.env.OUTDIAL_DEMO ?? '1' };
  await step('Migrations', () => migrateFromSource(env));
  await step('Demo data', () => seedFromSource(env));
  return 'end';
});
