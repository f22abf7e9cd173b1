import type { CancelTimer, Clock } from '../clock';

const LOOK_MS = 1_000;

export interface Hearing {
  /** Since when no packet has come, in milliseconds; 0 while some do. */
  silentMs: number;
  /** The browser's word for the connection is `disconnected` or `failed`. */
  disconnected: boolean;
}

export interface MediaWatchOptions {
  connection: RTCPeerConnection;
  clock: Clock;
  /** Whether the other side is expected to send. */
  expected: () => boolean;
  onLook: (hearing: Hearing) => void;
}

/**
 * Listens once a second whether audio still arrives. A browser calls a connection lost after 15 to 30 s, and one whose
 * far end has died behind a living relay never.
 */
export class MediaWatch {
  readonly #options: MediaWatchOptions;
  #timer: CancelTimer | null = null;
  #received = -1;
  #heardAt: number;
  #closed = false;

  constructor(options: MediaWatchOptions) {
    this.#options = options;
    this.#heardAt = options.clock.now();
    this.#next();
  }

  close(): void {
    this.#closed = true;
    this.#timer?.();
  }

  #next(): void {
    if (!this.#closed) this.#timer = this.#options.clock.after(LOOK_MS, () => void this.#look());
  }

  async #look(): Promise<void> {
    const { connection, clock, expected, onLook } = this.#options;
    const received = await packetsOf(connection).catch(() => this.#received);
    if (this.#closed) return;
    if (received !== this.#received || !expected()) this.#heardAt = clock.now();
    this.#received = received;
    const disconnected = ['disconnected', 'failed'].includes(connection.connectionState);
    onLook({ silentMs: clock.now() - this.#heardAt, disconnected });
    this.#next();
  }
}

/** Packets of sound, and reports on it (RTCP), that have come over a connection so far. */
async function packetsOf(connection: RTCPeerConnection): Promise<number> {
  let packets = 0;
  for (const stats of (await connection.getStats()).values()) {
    if (stats.type === 'inbound-rtp') packets += stats.packetsReceived ?? 0;
    if (stats.type === 'remote-outbound-rtp') packets += stats.reportsSent ?? 0;
  }
  return packets;
}
