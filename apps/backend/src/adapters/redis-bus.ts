import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Redis } from 'ioredis';
import type { Logger } from '../config/logger';
import type { Bus, BusListener, BusMessage } from './bus';
import { closeRedis, connectRedis, connectRedisSubscriber } from './redis';

/** The processes of one installation, by Redis's publish and subscribe. */
export class RedisBus implements Bus {
  /** Tells a process's own messages when they come back to it. */
  readonly #self = randomUUID();
  readonly #publisher: Redis;
  readonly #subscriber: Redis;
  readonly #listeners = new Set<BusListener>();

  constructor(
    url: string,
    private readonly prefix: string,
    private readonly logger: Logger,
  ) {
    this.#publisher = connectRedis(url, logger);
    this.#subscriber = connectRedisSubscriber(url, logger);
    this.#subscriber.on('ready', () => {
      this.#subscriber
        .subscribe(this.#channel)
        .catch((error: unknown) => logger.warn({ err: error }, 'not subscribed'));
    });
    this.#subscriber.on('message', (_channel, text) => this.#hear(text));
  }

  get #channel(): string {
    return `${this.prefix}:bus`;
  }

  get isConnected(): boolean {
    return this.#subscriber.status === 'ready';
  }

  /** Waits until others can be told, `timeoutMs` at most: for a task that ends soon. */
  async reached(timeoutMs: number): Promise<void> {
    if (this.#publisher.status === 'ready') return;
    const signal = AbortSignal.timeout(timeoutMs);
    await once(this.#publisher, 'ready', { signal }).catch(() => undefined);
  }

  publish(message: BusMessage): void {
    this.#tell(message);
    if (this.#publisher.status !== 'ready') return;
    this.#publisher
      .publish(this.#channel, JSON.stringify({ from: this.#self, message }))
      .catch((error: unknown) =>
        this.logger.warn({ err: error, kind: message.kind }, 'others were not told'),
      );
  }

  on(listener: BusListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    closeRedis(this.#publisher);
    closeRedis(this.#subscriber);
  }

  #hear(text: string): void {
    const { from, message } = JSON.parse(text) as { from: string; message: BusMessage };
    if (from !== this.#self) this.#tell(message);
  }

  #tell(message: BusMessage): void {
    for (const listener of this.#listeners) {
      try {
        listener(message);
      } catch (error) {
        this.logger.error({ err: error, kind: message.kind }, 'a message of another process was not taken');
      }
    }
  }
}
