import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_REFUSED_NUMBERS } from '@outdial/contracts/telephony/refused-numbers';
import { Carrier } from './carrier';
import { Kamailio } from './kamailio';
import { Mariadb } from './mariadb';
import type { PartContext } from './part';
import type { CarrierAudio } from './prompt';
import { Redis } from './redis';
import { Rtpengine } from './rtpengine';
import { endStaleProcesses } from './stale';

export interface StackOptions {
  /** Folder that holds data, logs, sockets and pid files. Nothing outside it is touched. */
  readonly dir: string;
  /** `start` keeps its data; `test` is quick and forgetful, and `close()` removes its folder. */
  readonly profile: 'start' | 'test';
  /** What is needed; all by default. Leave out what `.env` points elsewhere. */
  readonly parts?: readonly StackPart[];
  /** Shared with the backend; the switch lets in whoever has a password made from it. */
  readonly sipEphemeralSecret: string;
  /** Shared with the backend, too; made for this run by default. */
  readonly sipSwitchSecret?: string;
  /** `SIP_REFUSED_NUMBERS` of `.env.example`, which says the default. */
  readonly refusedNumbers?: string;
  /** Calls an agent may have at a time; 2 by default: one that ends while the next begins. */
  readonly callsPerAgent?: number;
  readonly databasePassword?: string;
  /** SIP domain of the agents' addresses; `outdial.local` by default. */
  readonly sipDomain?: string;
  /** What the simulated far end says; speech by default. */
  readonly carrierAudio?: CarrierAudio;
  /** How long a browser that dropped in a call may take to come back, in s. 8 by default. */
  readonly graceSeconds?: number;
  /** One line for a person. */
  readonly onLog?: (line: string) => void;
  /** Told how long each part took to be ready, in ms. */
  readonly onReady?: (part: string, ms: number) => void;
}

export type StackPart = 'database' | 'redis' | 'switch';

const ALL_PARTS: readonly StackPart[] = ['database', 'redis', 'switch'];

/** `infra/` of the repository this package lies in. */
const INFRA_DIR = fileURLToPath(new URL('../../../infra', import.meta.url));

/** A private MariaDB, Redis, rtpengine, Kamailio and carrier simulator. Make it with `startStack`. */
export class Stack {
  readonly #options: StackOptions;
  readonly #context: PartContext;
  readonly #switchSecret: string;
  #mariadb: Mariadb | undefined;
  #redis: Redis | undefined;
  #rtpengine: Rtpengine | undefined;
  #carrier: Carrier | undefined;
  #kamailio: Kamailio | undefined;
  #closing: Promise<void> | undefined;

  /** @throws if a part does not start; the others are stopped again */
  static async start(options: StackOptions): Promise<Stack> {
    const stack = new Stack(options);
    try {
      await stack.#start(options.parts ?? ALL_PARTS);
      return stack;
    } catch (error) {
      await stack.close();
      throw error;
    }
  }

  private constructor(options: StackOptions) {
    this.#options = options;
    this.#switchSecret = options.sipSwitchSecret ?? randomBytes(32).toString('base64url');
    const dir = resolve(options.dir);
    this.#context = {
      dir,
      runDir: `${dir}/run`,
      logDir: `${dir}/logs`,
      infraDir: INFRA_DIR,
      onLog: options.onLog ?? (() => {}),
    };
  }

  /** Whether this stack was started with the part. */
  has(part: StackPart): boolean {
    return { database: this.#mariadb, redis: this.#redis, switch: this.#kamailio }[part] !== undefined;
  }

  get mariadb(): Mariadb {
    return present(this.#mariadb, 'database');
  }

  get redis(): Redis {
    return present(this.#redis, 'redis');
  }

  get rtpengine(): Rtpengine {
    return present(this.#rtpengine, 'switch');
  }

  get carrier(): Carrier {
    return present(this.#carrier, 'switch');
  }

  get kamailio(): Kamailio {
    return present(this.#kamailio, 'switch');
  }

  /** For `DATABASE_URL`. */
  get databaseUrl(): string {
    return this.mariadb.url;
  }

  /** For `REDIS_URL`. */
  get redisUrl(): string {
    return this.redis.url;
  }

  /** For `SIP_UPSTREAM_URL`: where the page's origin sends `/sip`. */
  get sipUpstreamUrl(): string {
    return this.kamailio.wsUrl;
  }

  get sipEphemeralSecret(): string {
    return this.#options.sipEphemeralSecret;
  }

  /** For `SIP_SWITCH_SECRET`. */
  get sipSwitchSecret(): string {
    return this.#switchSecret;
  }

  /** For `SIP_CONTROL_URL`: where the backend tells the switch that a session has ended. */
  get sipControlUrl(): string {
    return this.kamailio.controlUrl;
  }

  get sipDomain(): string {
    return this.#options.sipDomain ?? 'outdial.local';
  }

  /** Stops everything, the switch first. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #start(parts: readonly StackPart[]): Promise<void> {
    await mkdir(this.#context.runDir, { recursive: true });
    await mkdir(this.#context.logDir, { recursive: true });
    for (const name of await endStaleProcesses(this.#context.dir)) {
      this.#context.onLog(`${name} was left over from a run that was killed; ended it`);
    }
    await settleAll([
      parts.includes('database') ? this.#startDatabase() : undefined,
      parts.includes('redis') ? this.#startRedis() : undefined,
      parts.includes('switch') ? this.#startSwitch() : undefined,
    ]);
  }

  async #startDatabase(): Promise<void> {
    this.#mariadb = await this.#timed('mariadb', () =>
      Mariadb.start(this.#context, {
        dataDir: `${this.#context.dir}/mariadb`,
        password: this.#options.databasePassword ?? 'outdial',
        disposable: this.#options.profile === 'test',
      }),
    );
  }

  async #startRedis(): Promise<void> {
    this.#redis = await this.#timed('redis', () =>
      Redis.start(this.#context, {
        dataDir: `${this.#context.dir}/redis`,
        disposable: this.#options.profile === 'test',
      }),
    );
  }

  /** Kamailio comes last: an rtpengine that does not answer its first ping is passed over. */
  async #startSwitch(): Promise<void> {
    await settleAll([
      this.#timed('rtpengine', async () => {
        this.#rtpengine = await Rtpengine.start(this.#context);
      }),
      this.#timed('carrier', async () => {
        this.#carrier = await Carrier.start(this.#context, this.#options.carrierAudio ?? { kind: 'speech' });
      }),
    ]);
    this.#kamailio = await this.#timed('kamailio', () =>
      Kamailio.start(this.#context, {
        domain: this.sipDomain,
        ephemeralSecret: this.#options.sipEphemeralSecret,
        switchSecret: this.#switchSecret,
        refusedNumbers: this.#options.refusedNumbers ?? DEFAULT_REFUSED_NUMBERS,
        callsPerAgent: this.#options.callsPerAgent ?? 2,
        rtpengine: this.rtpengine.ngAddress,
        carrierAddress: this.carrier.address,
        echoAddress: this.carrier.echoAddress,
        graceSeconds: this.#options.graceSeconds ?? 20,
      }),
    );
  }

  async #timed<T>(part: string, start: () => Promise<T>): Promise<T> {
    const before = performance.now();
    const result = await start();
    this.#options.onReady?.(part, performance.now() - before);
    return result;
  }

  async #close(): Promise<void> {
    await this.#kamailio?.stop();
    const others = [this.#carrier, this.#rtpengine, this.#redis, this.#mariadb];
    await Promise.all(others.map((part) => part?.stop()));
    if (this.#options.profile === 'test') await rm(this.#context.dir, { recursive: true, force: true });
  }
}

/** Starts what the options ask for and resolves when every part answers. @throws if one does not. */
export function startStack(options: StackOptions): Promise<Stack> {
  return Stack.start(options);
}

function present<T>(part: T | undefined, name: StackPart): T {
  if (part === undefined) throw new Error(`This stack was started without its ${name}.`);
  return part;
}

/** Like `Promise.all`, but waits for the others before it fails, so that nothing starts after a clean-up. */
async function settleAll(tasks: readonly (Promise<unknown> | undefined)[]): Promise<void> {
  const results = await Promise.allSettled(tasks);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
