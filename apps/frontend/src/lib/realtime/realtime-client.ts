import { REALTIME_PATH, type ServerEvent, serverEventSchema } from '@outdial/contracts/realtime';
import type { Socket } from 'socket.io-client';

export type ConnectionState = 'connecting' | 'connected' | 'offline';

/** The page's ear on the server: which state the connection is in, and what changed. Opens on `start`. */
export class RealtimeClient {
  readonly #stateListeners = new Set<() => void>();
  readonly #eventListeners = new Set<(event: ServerEvent) => void>();
  #state: ConnectionState = 'connecting';
  #socket: Socket | null = null;
  #closed = false;
  #wasConnected = false;

  /** @param onMissed the connection is back after a break: whatever changed meanwhile was not told */
  constructor(private readonly onMissed: () => void) {}

  readonly getSnapshot = (): ConnectionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  };

  onEvent(listener: (event: ServerEvent) => void): () => void {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  }

  /** The library comes after the first paint. */
  async start(): Promise<void> {
    const { io } = await import('socket.io-client');
    if (this.#closed) return;
    const socket = io({ path: REALTIME_PATH, transports: ['websocket', 'polling'] });
    this.#socket = socket;
    socket.on('connect', () => {
      this.#set('connected');
      if (this.#wasConnected) this.onMissed();
      this.#wasConnected = true;
    });
    socket.on('disconnect', () => this.#set('offline'));
    socket.on('connect_error', () => this.#set('offline'));
    socket.on('event', (data: unknown) => {
      const event = serverEventSchema.safeParse(data);
      if (!event.success) return;
      for (const listener of [...this.#eventListeners]) listener(event.data);
    });
  }

  close(): void {
    this.#closed = true;
    this.#socket?.close();
  }

  #set(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of [...this.#stateListeners]) listener();
  }
}
