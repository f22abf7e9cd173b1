import { connectRedisForQueues } from './adapters/redis';
import { WorkQueue } from './adapters/work-queue';
import type { Core } from './container';
import { connect } from './db/client';
import { AuditSealer } from './jobs/audit-sealer';
import { FactRelay } from './jobs/fact-relay';
import { JobRelay } from './jobs/job-relay';
import { JobRunner } from './jobs/job-runner';
import { Leader } from './jobs/leader';
import { Relay } from './jobs/relay';
import { Schedules } from './jobs/schedules';

const MINUTE = 60_000;

/** How long running jobs may take to finish when the process stops. */
const FINISH_MS = 8_000;

/** What the worker process has beside the services: the relay, the jobs, and the clock's work. */
export function createBackground(core: Core) {
  const { services, db, driver, bus, redis, incoming, env, logger, clock } = core;
  const { REDIS_PREFIX: prefix } = env;
  const queue = new WorkQueue(redis, prefix);
  const waiting = connectRedisForQueues(env.REDIS_URL, logger);
  const runner = new JobRunner(
    waiting,
    prefix,
    db,
    clock,
    {
      'sheet.import': (actor, { sheetId }) => services.sheetImport.run(actor, sheetId),
      'recording.remux': (actor, { callId }) => services.recordingAssembly.remux(actor, callId),
      'recording.assemble': (actor, { callId }) => services.recordingAssembly.assemble(actor, callId),
      'calls.count-days': (actor) => services.callDays.countAll(actor),
      'file.remove': (_actor, { key }) => services.files.remove(key),
      'phone.sign-out': (_actor, { sessionId }) => services.softphone.signOut(sessionId),
    },
    logger,
  );
  const schedules = new Schedules(
    waiting,
    prefix,
    [
      { name: 'end-lost-calls', every: 30_000, run: () => services.endings.sweep() },
      { name: 'count-changed-days', every: 30_000, run: () => services.callDays.countChanged() },
      { name: 'purge-sessions', every: 60 * MINUTE, run: () => services.auth.purgeExpired() },
      { name: 'forget-what-was-told', every: 15 * MINUTE, run: () => services.housekeeping.forget() },
      { name: 'assemble-silent-recordings', every: MINUTE, run: () => services.recordingSweeper.sweep() },
      { name: 'forget-chunks', every: 60 * MINUTE, run: () => services.recordingSweeper.forget() },
      { name: 'sweep-uploads', every: 60 * MINUTE, run: () => incoming.sweep(clock.now()) },
      { name: 'compare-files', every: '30 3 * * *', run: () => services.housekeeping.compareFiles() },
      {
        name: 'write-audit-heads',
        every: MINUTE,
        run: async () => logger.info({ heads: await services.audit.heads() }, 'audit chains end here'),
      },
    ],
    logger,
  );
  const leader = new Leader(`${prefix}-relay`, () => connect(env.DATABASE_URL), logger);
  const relayings = [new FactRelay(driver, bus), new JobRelay(db, queue, clock), new AuditSealer(driver)];
  const relay = new Relay(leader, relayings, bus, logger);
  return {
    start(): void {
      relay.start();
      runner.start();
      schedules.start();
    },
    /** Running jobs may finish; the lead goes to another process at once. */
    async close(): Promise<void> {
      await Promise.all([relay.close(), runner.close(FINISH_MS), schedules.close()]);
      await queue.close();
      waiting.disconnect();
    },
  };
}
