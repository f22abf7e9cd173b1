import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import getPort from 'get-port';
import { Child } from './child';
import { type PartContext, partFiles } from './part';
import { freeUdpPort } from './ports';
import { requireProgram } from './programs';
import { Supervisor } from './supervisor';
import { waitUntil } from './wait';

const HOST = '127.0.0.1';
/**
 * Shared memory of all its processes, in MB: connections, transactions and calls. A WebSocket takes 84 kB, so the 2048
 * connections that `kamailio.cfg` allows take 171, and calls have the rest however many browsers come. Memory that is
 * not used costs nothing. `infra/docker/kamailio.Dockerfile` says the same.
 */
export const SHARED_MEMORY_MB = 256;

export interface KamailioOptions {
  /** SIP domain of the agents' addresses. */
  readonly domain: string;
  /** Shared with the backend, which makes the agents' credentials from it. */
  readonly ephemeralSecret: string;
  /** Shared with the backend, too: claims of calls and news of ended sessions are sealed with it. */
  readonly switchSecret: string;
  /** As `SIP_REFUSED_NUMBERS` in `.env.example`. */
  readonly refusedNumbers: string;
  /** Calls an agent may have at a time. */
  readonly callsPerAgent: number;
  readonly rtpengine: string;
  /** `ip:port` of the carrier, and of the peer that answers `*43`. */
  readonly carrierAddress: string;
  readonly echoAddress: string;
  /** How long a browser that dropped in a call may take to come back, in s. */
  readonly graceSeconds: number;
}

/** The SIP switch. Its behaviour is `infra/kamailio/kamailio.cfg`; here are only its addresses. */
export class Kamailio {
  readonly #supervisor: Supervisor;
  readonly #runDir: string;
  readonly wsPort: number;
  /** UDP, towards the carrier. */
  readonly sipPort: number;
  /** HTTP, for the backend's word that a session has ended. */
  readonly controlPort: number;

  private constructor(
    supervisor: Supervisor,
    runDir: string,
    ports: Pick<Kamailio, 'wsPort' | 'sipPort' | 'controlPort'>,
  ) {
    this.#supervisor = supervisor;
    this.#runDir = runDir;
    this.wsPort = ports.wsPort;
    this.sipPort = ports.sipPort;
    this.controlPort = ports.controlPort;
  }

  static async start(context: PartContext, options: KamailioOptions): Promise<Kamailio> {
    const wsPort = await getPort({ host: HOST });
    const controlPort = await getPort({ host: HOST });
    const sipPort = await freeUdpPort();
    const { runDir } = context;
    const files = partFiles(context, 'kamailio');
    const spawn = () =>
      new Child({
        ...files,
        name: 'kamailio',
        command: requireProgram('kamailio'),
        // -Y .: its control socket lies in the working folder. A socket's path may have 107 characters
        // only, which a deep clone would exceed.
        args: [
          '-DD',
          '-E',
          '-f',
          `${context.infraDir}/kamailio/kamailio.cfg`,
          '-Y',
          '.',
          '-w',
          runDir,
          '-m',
          String(SHARED_MEMORY_MB),
          '-M',
          '8',
        ],
        cwd: runDir,
        // Environment rather than arguments: those are for everyone's eyes in `ps`.
        env: {
          SIP_DOMAIN: options.domain,
          SIP_EPHEMERAL_SECRET: options.ephemeralSecret,
          SIP_SWITCH_SECRET: options.switchSecret,
          SIP_REFUSED_NUMBERS: options.refusedNumbers,
          SIP_CALLS_PER_AGENT: String(options.callsPerAgent),
          WS_LISTEN: `${HOST}:${wsPort}`,
          SIP_LISTEN: `${HOST}:${sipPort}`,
          CONTROL_LISTEN: `${HOST}:${controlPort}`,
          RTPENGINE_NG: options.rtpengine,
          CARRIER_ADDRESS: options.carrierAddress,
          ECHO_ADDRESS: options.echoAddress,
          WS_GRACE_SECONDS: String(options.graceSeconds),
        },
      });
    // A worker that answers HTTP has read the whole configuration and takes SIP.
    const ready = (child: Child) =>
      waitUntil(async () => (await fetch(`http://${HOST}:${wsPort}/`)).status === 426, {
        timeoutMs: 10_000,
        giveUp: () => child.exit !== undefined,
      });
    const supervisor = await Supervisor.start({
      ...files,
      name: 'kamailio',
      spawn,
      ready,
      onDeath: 'restart',
      onLog: context.onLog,
    });
    return new Kamailio(supervisor, runDir, { wsPort, sipPort, controlPort });
  }

  get wsUrl(): string {
    return `ws://${HOST}:${this.wsPort}`;
  }

  get controlUrl(): string {
    return `http://${HOST}:${this.controlPort}`;
  }

  get pid(): number | undefined {
    return this.#supervisor.pid;
  }

  /** Output of a kamcmd command, such as `dlg.stats_active` or `ul.dump`. */
  async kamcmd(...command: readonly string[]): Promise<string> {
    const args = ['-s', 'unix:kamailio_ctl', ...command];
    const { stdout } = await promisify(execFile)(requireProgram('kamcmd'), args, { cwd: this.#runDir });
    return stdout;
  }

  restart(): Promise<void> {
    return this.#supervisor.restart();
  }

  stop(): Promise<void> {
    return this.#supervisor.stop();
  }
}
