import { createSocket } from 'node:dgram';
import { readFile } from 'node:fs/promises';
import { Child } from './child';
import { type PartContext, partFiles } from './part';
import { freeUdpPort, freeUdpRange } from './ports';
import { requireProgram } from './programs';
import { type CarrierAudio, makePrompt } from './prompt';
import { Supervisor } from './supervisor';
import { waitUntil } from './wait';

const HOST = '127.0.0.1';
/** sipp takes RTP ports upwards from the one it is given, two a call. */
const MEDIA_PORTS = 400;

/**
 * The simulated telephone network: two sipp processes. One plays the scenario that chooses the outcome by
 * the dialed number's last digit, the other sends back what it hears (`*43`).
 */
export class Carrier {
  readonly #outcomes: SippPeer;
  readonly #echo: SippPeer;

  private constructor(outcomes: SippPeer, echo: SippPeer) {
    this.#outcomes = outcomes;
    this.#echo = echo;
  }

  static async start(context: PartContext, audio: CarrierAudio): Promise<Carrier> {
    const workDir = await makePrompt(`${context.infraDir}/carrier`, `${context.dir}/carrier`, audio);
    const [outcomes, echo] = await Promise.all([
      SippPeer.start(context, 'carrier', 'outcomes.xml', workDir, []),
      SippPeer.start(context, 'echo', 'echo.xml', workDir, ['-rtp_echo']),
    ]);
    return new Carrier(outcomes, echo);
  }

  /** `ip:port` that takes ordinary numbers. */
  get address(): string {
    return `${HOST}:${this.#outcomes.port}`;
  }

  /** `ip:port` that takes `*43`. */
  get echoAddress(): string {
    return `${HOST}:${this.#echo.port}`;
  }

  /** Of the process that takes ordinary numbers. */
  get pid(): number | undefined {
    return this.#outcomes.supervisor.pid;
  }

  async restart(): Promise<void> {
    await Promise.all([this.#outcomes.supervisor.restart(), this.#echo.supervisor.restart()]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.#outcomes.supervisor.stop(), this.#echo.supervisor.stop()]);
  }
}

class SippPeer {
  private constructor(
    readonly supervisor: Supervisor,
    readonly port: number,
  ) {}

  static async start(
    context: PartContext,
    name: string,
    scenario: string,
    workDir: string,
    extraArgs: readonly string[],
  ): Promise<SippPeer> {
    const port = await freeUdpPort();
    const mediaPort = await freeUdpRange(MEDIA_PORTS);
    const files = partFiles(context, name);
    const spawn = () =>
      new Child({
        ...files,
        name,
        command: requireProgram('sipp'),
        args: [
          ...['-sf', `${context.infraDir}/carrier/${scenario}`],
          ...['-i', HOST, '-p', String(port), '-mi', HOST, '-mp', String(mediaPort)],
          ...['-nostdin', '-aa', '-trace_err', '-error_file', `${context.logDir}/${name}-errors.log`],
          ...extraArgs,
        ],
        cwd: workDir,
        // It redraws a screen of statistics for ever.
        discardStdout: true,
      });
    const ready = (child: Child) =>
      waitUntil(() => isUdpBound(port), { timeoutMs: 10_000, giveUp: () => child.exit !== undefined });
    const supervisor = await Supervisor.start({
      ...files,
      name,
      spawn,
      ready,
      probe: () => takesPackets(port),
      onLog: context.onLog,
    });
    return new SippPeer(supervisor, port);
  }
}

/** sipp answers nothing outside its scenario, so Linux is asked whether it listens. */
async function isUdpBound(port: number): Promise<boolean> {
  return (await queueOf(port)) !== undefined;
}

/** Sends the empty lines that keep a path open (RFC 5626 §3.5.1), and looks whether sipp takes them from its queue. */
async function takesPackets(port: number): Promise<boolean> {
  await sendTo(port, '\r\n\r\n');
  return waitUntil(async () => (await queueOf(port)) === 0, { timeoutMs: 1000 });
}

/** Bytes that wait to be read from a UDP socket of ours; undefined where there is none. */
async function queueOf(port: number): Promise<number | undefined> {
  const address = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const line = (await readFile('/proc/net/udp', 'utf8'))
    .split('\n')
    .find((row) => row.includes(` ${address} `));
  // sl, local, remote, state, tx_queue:rx_queue
  const waiting = line?.trim().split(/\s+/)[4]?.split(':')[1];
  return waiting === undefined ? undefined : Number.parseInt(waiting, 16);
}

function sendTo(port: number, text: string): Promise<void> {
  const socket = createSocket('udp4');
  return new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.send(text, port, HOST, (error) => (error ? reject(error) : resolve()));
  }).finally(() => socket.close());
}
