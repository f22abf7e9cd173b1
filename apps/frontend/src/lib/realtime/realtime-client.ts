import { REALTIME_PATH, type ServerEvent, serverEventSchema } from '@outdial/contracts/platform/realtime';
import type { Socket } from 'socket.io-client';

export type ConnectionState = 'connecting' | 'connected' | 'offline';

/** The page's ear on the server: which state the connection is in, and what changed. Opens on `start`. */
export class RealtimeClient {
  readonly #stateListeners = new Set<() => void>();
  readonly #eventListeners = new Set<(event: ServerEvent) => void>();
  #state: ConnectionState = 'connecting';
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

  /** Connects, once the library is here (after the first paint), and gives back how to end it. */
  start(): () => void {
    let closed = false;
    let socket: Socket | undefined;
    void import('socket.io-client').then(({ io }) => {
      if (closed) return;
      socket = io({ path: REALTIME_PATH, transports: ['websocket', 'polling'] });
      this.#listen(socket);
    });
    return () => {
      closed = true;
      socket?.close();
    };
  }

  #listen(socket: Socket): void {
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

  #set(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of [...this.#stateListeners]) listener();
  }
}
