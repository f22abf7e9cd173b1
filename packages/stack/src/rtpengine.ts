import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { decode, encode, isDictionary, type NgMessage } from './bencode';
import { Child } from './child';
import { type PartContext, partFiles } from './part';
import { freeUdpPort, freeUdpRange } from './ports';
import { requireProgram } from './programs';
import { Supervisor } from './supervisor';
import { waitUntil } from './wait';

const HOST = '127.0.0.1';
/** A call takes two ports towards the carrier and one towards the browser, so this is 200 calls at once. */
const MEDIA_PORTS = 800;
const QUERY_TIMEOUT_MS = 1000;

/** The media relay: DTLS-SRTP towards browsers, plain RTP towards the carrier. */
export class Rtpengine {
  readonly #supervisor: Supervisor;
  readonly #ngPort: number;

  private constructor(supervisor: Supervisor, ngPort: number) {
    this.#supervisor = supervisor;
    this.#ngPort = ngPort;
  }

  static async start(context: PartContext): Promise<Rtpengine> {
    const ngPort = await freeUdpPort();
    const firstMediaPort = await freeUdpRange(MEDIA_PORTS);
    const files = partFiles(context, 'rtpengine');
    const spawn = () =>
      new Child({
        ...files,
        name: 'rtpengine',
        command: requireProgram('rtpengine'),
        args: [
          `--config-file=${context.infraDir}/rtpengine/rtpengine.conf`,
          // Two names for one address here; two addresses where browsers and carrier are on two networks.
          `--interface=browser/${HOST}`,
          `--interface=carrier/${HOST}`,
          `--listen-ng=${HOST}:${ngPort}`,
          `--port-min=${firstMediaPort}`,
          `--port-max=${firstMediaPort + MEDIA_PORTS - 1}`,
        ],
      });
    const answers = async () => (await ask(ngPort, { command: 'ping' })).result === 'pong';
    const ready = (child: Child) =>
      waitUntil(answers, {
        timeoutMs: 10_000,
        giveUp: () => child.exit !== undefined,
      });
    const supervisor = await Supervisor.start({
      ...files,
      name: 'rtpengine',
      spawn,
      ready,
      probe: answers,
      onLog: context.onLog,
    });
    return new Rtpengine(supervisor, ngPort);
  }

  /** Where Kamailio finds it, in the words of its rtpengine module. */
  get ngAddress(): string {
    return `udp:${HOST}:${this.#ngPort}`;
  }

  get pid(): number | undefined {
    return this.#supervisor.pid;
  }

  /**
   * One command of the ng protocol: `{ command: 'list' }`, `{ command: 'query', 'call-id': … }`.
   * @throws if no answer comes within a second
   */
  query(command: NgMessage): Promise<NgMessage> {
    return ask(this.#ngPort, command);
  }

  /** Call-IDs that hold media ports now. */
  async callIds(): Promise<string[]> {
    const { calls } = await this.query({ command: 'list', limit: 10_000 });
    return Array.isArray(calls) ? calls.map(String) : [];
  }

  restart(): Promise<void> {
    return this.#supervisor.restart();
  }

  stop(): Promise<void> {
    return this.#supervisor.stop();
  }
}

function ask(port: number, command: NgMessage): Promise<NgMessage> {
  const cookie = randomUUID();
  const socket = createSocket('udp4');
  return new Promise<NgMessage>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('rtpengine does not answer.')), QUERY_TIMEOUT_MS);
    socket.once('close', () => clearTimeout(timer));
    // A closed port is reported as an error of the socket.
    socket.once('error', reject);
    socket.on('message', (message) => {
      const answer = decode(message.subarray(cookie.length + 1));
      if (isDictionary(answer)) resolve(answer);
      else reject(new Error('rtpengine answered with something else than a dictionary.'));
    });
    socket.connect(port, HOST, () => socket.send(`${cookie} ${encode(command)}`));
  }).finally(() => socket.close());
}
