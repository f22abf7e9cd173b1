import { WebSocketInterface } from 'jssip';
import type { Socket } from 'jssip/lib/Socket';
import type { CancelTimer, Clock } from '../clock';

/** A handshake that takes longer is given up: the server may be frozen, or the network swallow everything. */
const CONNECT_MS = 5_000;

type Message = string | ArrayBufferLike | Blob | ArrayBufferView;

export interface SipSocketEvents {
  onOpen: () => void;
  onClosed: () => void;
  onSent: (message: string) => void;
  onHeard: (message: string) => void;
}

/**
 * JsSIP's WebSocket, whose traffic can be seen, and that can be given up: a browser tells of a dead network after
 * minutes, and its `close` waits for an answer.
 */
export class SipSocket implements Socket {
  readonly #inner: WebSocketInterface;
  readonly #clock: Clock;
  readonly #events: SipSocketEvents;
  #late: CancelTimer | null = null;
  onconnect: () => void = () => {};
  ondisconnect: (error: boolean, code?: number, reason?: string) => void = () => {};
  ondata: <T>(data: T) => void = () => {};

  constructor(url: string, clock: Clock, events: SipSocketEvents) {
    this.#inner = new WebSocketInterface(url);
    this.#clock = clock;
    this.#events = events;
  }

  get url(): string {
    return this.#inner.url;
  }

  get via_transport(): string {
    return this.#inner.via_transport;
  }

  set via_transport(value: string) {
    this.#inner.via_transport = value;
  }

  get sip_uri(): string {
    return this.#inner.sip_uri;
  }

  connect(): void {
    this.#late?.();
    this.#late = this.#clock.after(CONNECT_MS, () => this.abandon('no handshake'));
    Object.assign(this.#inner, {
      onconnect: () => {
        this.#late?.();
        this.#events.onOpen();
        this.onconnect();
      },
      ondisconnect: (error: boolean, code?: number, reason?: string) => this.#closed(error, code, reason),
      ondata: (data: unknown) => {
        if (typeof data === 'string') this.#events.onHeard(data);
        this.ondata(data);
      },
    });
    this.#inner.connect();
  }

  disconnect(): void {
    this.#late?.();
    this.#inner.disconnect();
    this.#events.onClosed();
  }

  send(message: Message): boolean {
    const isSent = this.#inner.send(message);
    if (isSent && typeof message === 'string') this.#events.onSent(message);
    return isSent;
  }

  isConnected(): boolean {
    return this.#inner.isConnected();
  }

  isConnecting(): boolean {
    return this.#inner.isConnecting();
  }

  /** Goes on as if the connection had broken, whatever becomes of it. */
  abandon(reason: string): void {
    this.#inner.disconnect();
    this.#closed(true, undefined, reason);
  }

  #closed(error: boolean, code?: number, reason?: string): void {
    this.#late?.();
    this.#events.onClosed();
    this.ondisconnect(error, code, reason);
  }
}
