import { join } from 'node:path';
import { freeTcpPort, isTcpFree } from '../ports';
import { type Stack, type StackPart, startStack } from '../stack';
import { endStaleProcesses } from '../stale';
import { ensureSystemPackages, REQUIREMENTS, SetupError } from '../system-packages';
import type { AppEnv } from './apps';
import { say, sayDone } from './console';
import { RunLock } from './run-lock';
import { stopWhatRuns } from './run-to-end';
import { loadSecrets, type Secrets } from './secrets';
import { APPS_OWNER, ROOT, readSettings, type Settings, STATE_DIR } from './settings';

interface Closable {
  stop(): Promise<void>;
}

/**
 * What `start`, `dev` and the database commands share: settings, lock, secrets, the private parts, and one orderly
 * end for Ctrl-C, a fatal death and an error.
 */
export class LocalRun {
  readonly settings: Settings;
  readonly #lock: RunLock;
  readonly #closables: Closable[] = [];
  #secrets: Secrets | undefined;
  #starting: Promise<Stack> | undefined;
  #stack: Stack | undefined;
  #ending: Promise<void> | undefined;

  private constructor(settings: Settings, lock: RunLock) {
    this.settings = settings;
    this.#lock = lock;
  }

  /** Runs `body`, then lives until it is stopped (or ends at once, if `body` says so). Never returns. */
  static async main(body: (run: LocalRun) => Promise<'stay' | 'end'>): Promise<void> {
    let run: LocalRun | undefined;
    try {
      const settings = readSettings();
      run = new LocalRun(settings, RunLock.take(STATE_DIR));
      run.#obeySignals();
      run.#endWithNpm();
      await endStaleProcesses(APPS_OWNER);
      if ((await body(run)) === 'end') await run.end(0);
    } catch (error) {
      if (run?.isEnding) return;
      console.error(error instanceof SetupError ? `\n${error.message}\n` : error);
      if (run === undefined) process.exit(1);
      await run.end(1);
    }
  }

  get isEnding(): boolean {
    return this.#ending !== undefined;
  }

  /** @throws SetupError in one line if a port is taken */
  async checkPorts(): Promise<void> {
    const { apiPort, webPort, workerPort, host } = this.settings;
    const wanted = [
      { port: apiPort, who: 'the API', instead: 'PORT=4001' },
      { port: webPort, who: 'the web page', instead: 'WEB_PORT=3001' },
      { port: workerPort, who: 'the worker', instead: 'WORKER_PORT=4011' },
    ];
    for (const { port, who, instead } of wanted) {
      if (port === undefined || (await isTcpFree(port, host))) continue;
      throw new SetupError(`Port ${port} is taken; ${who} needs it. Choose another: ${instead} npm start`);
    }
  }

  /** @param only fewer parts than the settings ask for */
  async installSystemPackages(only?: StackPart): Promise<void> {
    const { yes } = this.settings;
    const parts = this.#parts(only);
    const { recordings, demoData } = REQUIREMENTS;
    const needs = [...parts.flatMap((part) => REQUIREMENTS[part]), ...recordings, ...demoData];
    await ensureSystemPackages(needs, { yes, onLog: say });
  }

  /** Starts the private parts that no setting replaces. */
  async startStack(only?: StackPart): Promise<void> {
    const secrets = await this.#loadSecrets();
    const { env, callsPerAgent } = this.settings;
    this.#starting = startStack({
      dir: STATE_DIR,
      profile: 'start',
      parts: this.#parts(only),
      sipEphemeralSecret: env.SIP_EPHEMERAL_SECRET ?? secrets.SIP_EPHEMERAL_SECRET,
      sipSwitchSecret: env.SIP_SWITCH_SECRET ?? secrets.SIP_SWITCH_SECRET,
      ...(env.SIP_REFUSED_NUMBERS === undefined ? {} : { refusedNumbers: env.SIP_REFUSED_NUMBERS }),
      ...(callsPerAgent === undefined ? {} : { callsPerAgent }),
      databasePassword: secrets.DATABASE_PASSWORD,
      ...(env.SIP_DOMAIN === undefined ? {} : { sipDomain: env.SIP_DOMAIN }),
      onLog: say,
      onReady: sayDone,
    });
    this.#stack = await this.#starting;
  }

  /** What the apps are told; what a person set wins over what was made here. */
  async appEnv(nodeEnv: 'production' | 'development'): Promise<AppEnv> {
    const { DATABASE_PASSWORD: _, ...secrets } = await this.#loadSecrets();
    const { settings } = this;
    const stack = this.#stack;
    return {
      ...secrets,
      UPLOADS_DIR: join(ROOT, 'uploads'),
      ...settings.env,
      NODE_ENV: nodeEnv,
      HOST: settings.host,
      PORT: String(settings.apiPort),
      API_URL: settings.apiUrl,
      WORKER_PORT: String(settings.workerPort ?? (await freeTcpPort())),
      WEB_PORT: String(settings.webPort),
      OUTDIAL_DEMO: settings.demo ? '1' : '0',
      WEB_URL: settings.webUrl,
      NEXT_TELEMETRY_DISABLED: '1',
      ...(stack?.has('database') ? { DATABASE_URL: stack.databaseUrl } : {}),
      ...(stack?.has('redis') ? { REDIS_URL: stack.redisUrl } : {}),
      ...(stack?.has('switch')
        ? { SIP_UPSTREAM_URL: stack.sipUpstreamUrl, SIP_CONTROL_URL: stack.sipControlUrl }
        : {}),
    };
  }

  /** Hands over something to be stopped at the end, last in first out. */
  async own<T extends Closable>(starting: Promise<T>): Promise<T> {
    const closable = await starting;
    this.#closables.push(closable);
    if (this.isEnding) await closable.stop();
    return closable;
  }

  /** Ends the run because something died that it cannot do without. */
  fail(reason: string): Promise<void> {
    if (!this.isEnding) say(`Stopping everything: ${reason}.`);
    return this.end(1);
  }

  /** Stops everything and leaves. Idempotent. */
  end(exitCode: number): Promise<void> {
    this.#ending ??= this.#end(exitCode);
    return this.#ending;
  }

  async #end(exitCode: number): Promise<void> {
    const before = performance.now();
    await stopWhatRuns();
    for (const closable of this.#closables.reverse()) await closable.stop();
    // It may be starting still; a failed start has cleaned up after itself.
    await (await this.#starting?.catch(() => undefined))?.close();
    this.#lock.release();
    if (exitCode === 0) sayDone('Stopped', performance.now() - before);
    process.exit(exitCode);
  }

  #parts(only: StackPart | undefined): StackPart[] {
    return this.settings.parts.filter((part) => only === undefined || part === only);
  }

  async #loadSecrets(): Promise<Secrets> {
    this.#secrets ??= await loadSecrets(STATE_DIR);
    return this.#secrets;
  }

  #obeySignals(): void {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (this.isEnding) return;
        console.log('\n  Stopping …');
        void this.end(0);
      });
    }
  }

  /** npm does not pass SIGTERM on; when it is gone, so is whoever wanted this run. */
  #endWithNpm(): void {
    if (process.env.npm_lifecycle_event === undefined) return;
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) void this.end(0);
    }, 500).unref();
  }
}
