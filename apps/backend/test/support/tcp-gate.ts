import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

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
    socket.pipe(behind).pipe(socket);
  }
}
