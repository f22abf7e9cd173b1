import { AudioRemuxer } from './adapters/audio-remuxer';
import { createAuthLibrary } from './adapters/auth-library';
import { type Clock, systemClock } from './adapters/clock';
import { type FileStorage, LocalFileStorage } from './adapters/file-storage';
import { SecretBox } from './adapters/secret-box';
import { SheetReader } from './adapters/sheet-reader';
import type { Env } from './config/env';
import type { Logger } from './config/logger';
import { CallsController } from './controllers/calls/calls.controller';
import { CdrController } from './controllers/calls/cdr.controller';
import { RecordingsController } from './controllers/calls/recordings.controller';
import { AuthController } from './controllers/identity/auth.controller';
import { MeController } from './controllers/identity/me.controller';
import { UsersController } from './controllers/identity/users.controller';
import { QueueController } from './controllers/leads/queue.controller';
import { SheetsController } from './controllers/leads/sheets.controller';
import { HealthController } from './controllers/platform/health.controller';
import { SoftphoneController } from './controllers/telephony/softphone.controller';
import { BulkConnections, createDb, type Db } from './db/client';
import { RealtimeGateway } from './realtime/gateway';
import { CallSweeper } from './services/calls/call-sweeper';
import { CallsService } from './services/calls/calls.service';
import { CdrService } from './services/calls/cdr.service';
import { RecordingFiles } from './services/calls/recording-files';
import { RecordingsService } from './services/calls/recordings.service';
import { AccessService } from './services/identity/access.service';
import { ActorCache } from './services/identity/actor-cache';
import { AuthService } from './services/identity/auth.service';
import { MeService } from './services/identity/me.service';
import { UsersService } from './services/identity/users.service';
import { QueueService } from './services/leads/queue.service';
import { SheetsService } from './services/leads/sheets.service';
import { HealthService } from './services/platform/health.service';
import { type SipServer, SoftphoneService } from './services/telephony/softphone.service';

export interface Controllers {
  readonly health: HealthController;
  readonly auth: AuthController;
  readonly me: MeController;
  readonly users: UsersController;
  readonly softphone: SoftphoneController;
  readonly sheets: SheetsController;
  readonly queue: QueueController;
  readonly calls: CallsController;
  readonly cdr: CdrController;
  readonly recordings: RecordingsController;
}

export interface Container {
  readonly controllers: Controllers;
  readonly auth: AuthService;
  readonly health: HealthService;
  readonly sweeper: CallSweeper;
  readonly realtime: RealtimeGateway;
  readonly storage: FileStorage;
  close(): Promise<void>;
}

function sipServer(env: Env): SipServer {
  const common = { domain: env.SIP_DOMAIN, iceServers: env.SIP_ICE_SERVERS as SipServer['iceServers'] };
  return env.SIP_WS_URL
    ? { ...common, kind: 'external', wsUrl: env.SIP_WS_URL }
    : { ...common, kind: 'bundled', ephemeralSecret: env.SIP_EPHEMERAL_SECRET as string };
}

interface Threads {
  readonly sheets: SheetReader;
  readonly audio: AudioRemuxer;
}

function createServices(
  env: Env,
  db: Db,
  bulk: BulkConnections,
  clock: Clock,
  storage: FileStorage,
  realtime: RealtimeGateway,
  threads: Threads,
) {
  const secrets = new SecretBox(env.ENCRYPTION_KEY);
  const library = createAuthLibrary(db, { secret: env.AUTH_SECRET, webUrl: env.WEB_URL });
  const sweeper = new CallSweeper(db, clock);
  return {
    sweeper,
    health: new HealthService(db, clock),
    auth: new AuthService(library, db, new AccessService(db, clock), realtime, new ActorCache(clock)),
    me: new MeService(db),
    users: new UsersService(db, secrets),
    softphone: new SoftphoneService(db, clock, secrets, sipServer(env)),
    sheets: new SheetsService(db, bulk, clock, storage, threads.sheets),
    queue: new QueueService(db, clock, realtime, sweeper),
    calls: new CallsService(db, clock, realtime),
    cdr: new CdrService(db, clock, realtime, new RecordingFiles(storage, threads.audio)),
    recordings: new RecordingsService(db, storage),
  };
}

/** Builds everything once; the only place that does. */
export async function createContainer(
  env: Env,
  logger: Logger,
  clock: Clock = systemClock,
): Promise<Container> {
  const db = createDb(env.DATABASE_URL, env.DATABASE_POOL_SIZE);
  const bulk = new BulkConnections(env.DATABASE_URL);
  const storage = await LocalFileStorage.create(env.UPLOADS_DIR);
  const realtime = new RealtimeGateway(logger);
  const threads = { sheets: new SheetReader(), audio: new AudioRemuxer() };
  const services = createServices(env, db, bulk, clock, storage, realtime, threads);
  return {
    controllers: {
      health: new HealthController(services.health),
      auth: new AuthController(services.auth, services.me),
      me: new MeController(services.me),
      users: new UsersController(services.users),
      softphone: new SoftphoneController(services.softphone),
      sheets: new SheetsController(services.sheets),
      queue: new QueueController(services.queue),
      calls: new CallsController(services.calls),
      cdr: new CdrController(services.cdr),
      recordings: new RecordingsController(services.recordings),
    },
    auth: services.auth,
    health: services.health,
    sweeper: services.sweeper,
    realtime,
    storage,
    async close() {
      await realtime.close();
      await Promise.all([threads.sheets.close(), threads.audio.close()]);
      await Promise.all([db.$disconnect(), bulk.close()]);
    },
  };
}
