import type { EventName, EventPayload, Fact } from '@outdial/contracts';
import type { FactSocket } from './fact-socket';

export type ConnectionState = 'connecting' | 'connected' | 'offline';

export interface RealtimeHandlers {
  /** Too much was missed to be told: everything on the page may be old. */
  onMissed(): void;
  onSessionEnded(): void;
}

type Listener = (fact: Fact) => void;

/** The page's ear on the server: which state the connection is in, and what changed. Opens on `start`. */
export class RealtimeClient {
  readonly #stateListeners = new Set<() => void>();
  readonly #factListeners = new Set<Listener>();
  #state: ConnectionState = 'connecting';

  constructor(private readonly handlers: RealtimeHandlers) {}

  readonly getSnapshot = (): ConnectionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  };

  onFact<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void {
    const each: Listener = (fact) => {
      if (fact.name === name) listener(fact.payload as EventPayload<N>);
    };
    this.#factListeners.add(each);
    return () => this.#factListeners.delete(each);
  }

  /** Connects, once the library is here (after the first paint), and gives back how to end it. */
  start(): () => void {
    let closed = false;
    let socket: FactSocket | undefined;
    void import('./fact-socket').then(({ FactSocket }) => {
      if (closed) return;
      socket = new FactSocket({
        ...this.handlers,
        onConnected: (isConnected) => this.#set(isConnected ? 'connected' : 'offline'),
        onFacts: (facts) => {
          for (const fact of facts) this.#tell(fact);
        },
      });
    });
    return () => {
      closed = true;
      socket?.close();
    };
  }

  #tell(fact: Fact): void {
    for (const listener of [...this.#factListeners]) listener(fact);
  }

  #set(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of [...this.#stateListeners]) listener();
  }
}
