import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * A port that leads to others in turn, and can be shut: what is behind it is away then, refused at once. `targets` may
 * change: it is for the next connection.
 */
export class TcpGate {
  static async open(...targets: number[]): Promise<TcpGate> {
    const gate = new TcpGate(targets);
    await gate.restore();
    return gate;
  }

  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #port = 0;
  #connections = 0;
  /** How much goes in a ms towards the target, on all connections together. */
  bytesPerMs = Number.POSITIVE_INFINITY;
  #busyUntil = 0;

  private constructor(public targets: readonly number[]) {}

  get port(): number {
    return this.#port;
  }

  async restore(): Promise<void> {
    const server = createServer((socket) => this.#lead(socket));
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async shut(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    this.#server = null;
  }

  #lead(socket: Socket): void {
    const target = this.targets[this.#connections++ % this.targets.length];
    if (target === undefined) return void socket.destroy();
    const behind = connect(target, '127.0.0.1');
    for (const [one, other] of [
      [socket, behind],
      [behind, socket],
    ] as const) {
      this.#sockets.add(one);
      one.on('error', () => undefined);
      one.once('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
    }
    void this.#narrow(socket, behind);
    behind.pipe(socket);
  }

  /** Passes on what comes, no faster than the line. */
  async #narrow(from: Socket, to: Socket): Promise<void> {
    try {
      for await (const piece of from as AsyncIterable<Buffer>) {
        const now = performance.now();
        this.#busyUntil = Math.max(now, this.#busyUntil) + piece.length / this.bytesPerMs;
        if (this.#busyUntil - now > 1) await delay(this.#busyUntil - now);
        to.write(piece);
      }
    } catch {
      // The other end is closed with it.
    }
    to.end();
  }
}
