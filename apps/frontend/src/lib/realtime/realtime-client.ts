import type { EventName, EventPayload, Fact, PageState, Presence, PresenceState } from '@outdial/contracts';
import type { LiveSocket } from './live-socket';

export type ConnectionState = 'connecting' | 'connected' | 'offline';

export interface RealtimeHandlers {
  /** Too much was missed to be told: everything on the page may be old. */
  onMissed(): void;
  onSessionEnded(): void;
}

type Listener = (fact: Fact) => void;

/** What people are doing, by user; who is not in it is offline, or not for this page to know of. */
export type People = ReadonlyMap<string, PresenceState>;

/**
 * The page's live connection: which state it is in, what changed, and who is there; and what the page has to say of
 * itself. Opens on `start`.
 */
export class RealtimeClient {
  readonly #stateListeners = new Set<() => void>();
  readonly #factListeners = new Set<Listener>();
  #state: ConnectionState = 'connecting';
  #socket: LiveSocket | null = null;
  #people: People | null = null;
  #pageState: PageState = 'online';

  constructor(private readonly handlers: RealtimeHandlers) {}

  readonly getSnapshot = (): ConnectionState => this.#state;

  /** Null until the server has said it. */
  readonly getPeople = (): People | null => this.#people;

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

  /** What the page's person is doing. */
  tellState(state: PageState): void {
    this.#pageState = state;
    this.#socket?.tellState(state);
  }

  /** @throws Error when the server did not take it: tell it again soon */
  async callAlive(callId: string): Promise<void> {
    if (!this.#socket) throw new Error('There is no live connection yet.');
    await this.#socket.callAlive(callId);
  }

  /** Connects, once the library is here (after the first paint), and gives back how to end it. */
  start(): () => void {
    let closed = false;
    void import('./live-socket').then(({ LiveSocket }) => {
      if (closed) return;
      const handlers = {
        ...this.handlers,
        onConnected: (isConnected: boolean) => this.#set(isConnected ? 'connected' : 'offline'),
        onFacts: (facts: readonly Fact[]) => {
          for (const fact of facts) this.#tell(fact);
        },
        onPresence: (presence: Presence) => this.#meet(presence),
      };
      this.#socket = new LiveSocket(handlers, this.#pageState);
    });
    return () => {
      closed = true;
      this.#socket?.close();
      this.#socket = null;
    };
  }

  #meet({ whole, people }: Presence): void {
    const next = new Map(whole ? [] : this.#people);
    for (const { userId, state } of people) next.set(userId, state);
    this.#people = next;
    this.#changed();
  }

  #tell(fact: Fact): void {
    for (const listener of [...this.#factListeners]) listener(fact);
  }

  #set(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#changed();
  }

  #changed(): void {
    for (const listener of [...this.#stateListeners]) listener();
  }
}
