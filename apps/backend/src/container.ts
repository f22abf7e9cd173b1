import { AudioAssembler } from './adapters/audio-assembler';
import { createAuthLibrary } from './adapters/auth-library';
import { ChunkFolder } from './adapters/chunk-folder';
import { type Clock, systemClock } from './adapters/clock';
import { Disk } from './adapters/disk';
import { IncomingFolder } from './adapters/incoming-folder';
import { LocalFileStorage } from './adapters/local-file-storage';
import { BusPoke } from './adapters/poke';
import { QueueBoard } from './adapters/queue-board';
import { RateLimits } from './adapters/rate-limits';
import { closeRedis, connectRedis } from './adapters/redis';
import { RedisBus } from './adapters/redis-bus';
import { SecretBox } from './adapters/secret-box';
import { SheetReader } from './adapters/sheet-reader';
import type { Env } from './config/env';
import type { Logger } from './config/logger';
import { CallsController } from './controllers/calls/calls.controller';
import { CdrController } from './controllers/calls/cdr.controller';
import { DialingController } from './controllers/calls/dialing.controller';
import { RecordingChunksController } from './controllers/calls/recording-chunks.controller';
import { RecordingsController } from './controllers/calls/recordings.controller';
import { AuthController } from './controllers/identity/auth.controller';
import { MeController } from './controllers/identity/me.controller';
import { UsersController } from './controllers/identity/users.controller';
import { QueueController } from './controllers/leads/queue.controller';
import { SheetsController } from './controllers/leads/sheets.controller';
import { HealthController } from './controllers/platform/health.controller';
import { SettingsController } from './controllers/platform/settings.controller';
import { SoftphoneController } from './controllers/telephony/softphone.controller';
import { createDb, Driver } from './db/client';
import { RealtimeGateway } from './realtime/gateway';
import { CallDaysService, countDaysAnew } from './services/calls/call-days.service';
import { CallEndings } from './services/calls/call-endings';
import { CallHistoryService } from './services/calls/call-history.service';
import { CallSummaryService } from './services/calls/call-summary.service';
import { CallsService } from './services/calls/calls.service';
import { CdrService } from './services/calls/cdr.service';
import { DialingService } from './services/calls/dialing.service';
import { HeartbeatsService } from './services/calls/heartbeats.service';
import { RecordingAssemblyService } from './services/calls/recording-assembly.service';
import { RecordingChunksService } from './services/calls/recording-chunks.service';
import { RecordingSweeper } from './services/calls/recording-sweeper';
import { RecordingsService } from './services/calls/recordings.service';
import { StoredRecordings } from './services/calls/stored-recordings';
import { AccessService } from './services/identity/access.service';
import { ActorCache } from './services/identity/actor-cache';
import { AuthService } from './services/identity/auth.service';
import { MeService } from './services/identity/me.service';
import { PasswordsService } from './services/identity/passwords.service';
import { UserAccountsService } from './services/identity/user-accounts.service';
import { UsersService } from './services/identity/users.service';
import { LeadsService } from './services/leads/leads.service';
import { QueueService } from './services/leads/queue.service';
import { SheetImportService } from './services/leads/sheet-import.service';
import { SheetIssuesService } from './services/leads/sheet-issues.service';
import { SheetOverlapsService } from './services/leads/sheet-overlaps.service';
import { SheetsService } from './services/leads/sheets.service';
import { AuditService } from './services/platform/audit.service';
import { FactsService } from './services/platform/facts.service';
import { FilesService } from './services/platform/files.service';
import { HealthService, type Parts } from './services/platform/health.service';
import { HousekeepingService } from './services/platform/housekeeping.service';
import { SettingsService } from './services/platform/settings.service';
import { DialPermitsService } from './services/telephony/dial-permits.service';
import { sipServer } from './services/telephony/sip-server';
import { SoftphoneService } from './services/telephony/softphone.service';
import { Units } from './work/units';

/** What every process of the product holds: connections, threads, storage. */
async function openResources(env: Env, logger: Logger) {
  const db = createDb(env.DATABASE_URL, env.DATABASE_POOL_SIZE);
  const driver = new Driver(env.DATABASE_URL, env.DATABASE_POOL_SIZE);
  const bus = new RedisBus(env.REDIS_URL, env.REDIS_PREFIX, logger);
  const redis = connectRedis(env.REDIS_URL, logger);
  const [reader, assembler] = [new SheetReader(), new AudioAssembler()];
  const storage = await LocalFileStorage.create(env.UPLOADS_DIR);
  const incoming = await IncomingFolder.create(env.UPLOADS_DIR);
  const chunks = await ChunkFolder.create(env.UPLOADS_DIR);
  /** The first query of a process takes seconds on a busy machine: nobody should wait for it. */
  const warmUp = async () => {
    const connecting = driver.connection().then((connection) => connection.release());
    await Promise.allSettled([db.$queryRaw`SELECT 1`, connecting]);
  };
  const close = async () => {
    await Promise.all([reader.close(), assembler.close(), bus.close()]);
    closeRedis(redis);
    await Promise.all([db.$disconnect(), driver.close()]);
  };
  return { db, driver, bus, redis, reader, assembler, storage, incoming, chunks, warmUp, close };
}

function partsOf({ db, redis }: Awaited<ReturnType<typeof openResources>>, env: Env): Parts {
  const { SIP_WS_URL, SIP_UPSTREAM_URL } = env;
  // It answers plain HTTP on the browsers' port, if only to say that they should upgrade.
  const switchUrl = SIP_WS_URL ? undefined : SIP_UPSTREAM_URL?.replace(/^ws/, 'http');
  return {
    database: () => db.$queryRaw`SELECT 1`,
    redis: () => redis.ping(),
    switch: switchUrl
      ? (signal) => fetch(switchUrl, { signal }).then((answer) => answer.body?.cancel())
      : undefined,
    disk: new Disk(env.UPLOADS_DIR),
  };
}

export type Core = Awaited<ReturnType<typeof createCore>>;

/** The services of the product, the same in every process. */
export async function createCore(env: Env, logger: Logger, clock: Clock = systemClock) {
  const resources = await openResources(env, logger);
  const { db, driver, bus, reader, assembler, storage, chunks } = resources;
  const units = new Units(db, driver, clock, new BusPoke(bus), logger);
  const secrets = new SecretBox(env.ENCRYPTION_KEY);
  const library = createAuthLibrary(db, { secret: env.AUTH_SECRET, webUrl: env.WEB_URL });
  const access = new AccessService(db, bus);
  const settings = new SettingsService(db, units, bus, { 'organization.time-zone': countDaysAnew });
  const files = new FilesService(db, storage);
  const leads = new LeadsService(db);
  const stored = new StoredRecordings(files);
  const endings = new CallEndings(db, units, clock, leads);
  const queue = new QueueService(db, units, clock);
  const server = sipServer(env);
  const permits = new DialPermitsService(server, env.SIP_REFUSED_NUMBERS);
  const services = {
    health: new HealthService(partsOf(resources, env), clock),
    audit: new AuditService(db),
    facts: new FactsService(db),
    files,
    housekeeping: new HousekeepingService(db, files, clock, logger),
    settings,
    auth: new AuthService(library, db, units, access, bus, new ActorCache(clock), clock, logger),
    me: new MeService(db, units, settings),
    passwords: new PasswordsService(db, units, bus),
    users: new UsersService(db, units, secrets),
    userAccounts: new UserAccountsService(db, units, bus),
    softphone: new SoftphoneService(db, clock, secrets, server),
    sheets: new SheetsService(db, units, clock, storage, files, reader, settings),
    sheetIssues: new SheetIssuesService(db),
    sheetOverlaps: new SheetOverlapsService(db),
    sheetImport: new SheetImportService(db, units, storage, reader),
    queue,
    endings,
    permits,
    dialing: new DialingService(queue, endings),
    calls: new CallsService(db, units, clock, leads, endings, permits),
    heartbeats: new HeartbeatsService(db, units, clock, leads),
    history: new CallHistoryService(db, leads),
    callDays: new CallDaysService(db, units, settings),
    callSummary: new CallSummaryService(db),
    cdr: new CdrService(db, units, clock, endings, storage, files),
    recordings: new RecordingsService(db, files),
    recordingChunks: new RecordingChunksService(db, units, clock, chunks),
    recordingAssembly: new RecordingAssemblyService(db, units, storage, chunks, assembler, stored),
    recordingSweeper: new RecordingSweeper(db, units, clock, chunks),
  };
  return { ...resources, env, logger, clock, units, services };
}

export type Api = ReturnType<typeof createApi>;

/** What the API process has beside the services: who answers requests and sockets. */
export function createApi({ services, bus, redis, incoming, env, logger }: Core) {
  const { auth, me } = services;
  return {
    auth,
    health: services.health,
    incoming,
    queueBoard: new QueueBoard(redis, env.REDIS_PREFIX),
    limits: new RateLimits(redis, env.REDIS_PREFIX),
    realtime: new RealtimeGateway(auth, services.facts, services.heartbeats, bus, logger),
    controllers: {
      health: new HealthController(services.health),
      settings: new SettingsController(services.settings),
      auth: new AuthController(auth, me),
      me: new MeController(me, services.passwords),
      users: new UsersController(services.users, services.userAccounts),
      softphone: new SoftphoneController(services.softphone),
      sheets: new SheetsController(services.sheets, services.sheetIssues, services.sheetOverlaps),
      queue: new QueueController(services.queue),
      dialing: new DialingController(services.dialing),
      calls: new CallsController(services.calls, services.history, services.callSummary, services.permits),
      cdr: new CdrController(services.cdr),
      recordings: new RecordingsController(services.recordings),
      recordingChunks: new RecordingChunksController(services.recordingChunks),
    },
  };
}
