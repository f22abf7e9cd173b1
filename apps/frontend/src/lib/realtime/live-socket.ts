import { type Fact, factSchema } from '@outdial/contracts/platform/events';
import {
  reduceStream,
  type StreamEvent,
  type StreamState,
  UNCONNECTED,
} from '@outdial/contracts/platform/fact-stream';
import { type PageState, type Presence, presenceSchema } from '@outdial/contracts/platform/presence';
import {
  type ClientToServer,
  envelopeSchema,
  heartbeatAnswerSchema,
  REALTIME_PATH,
  replaySchema,
  type ServerToClient,
} from '@outdial/contracts/platform/realtime';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';

const ANSWER_MS = 5_000;
/** The library does not come back by itself to a server that has turned it away. */
const TURNED_AWAY_MS = 5_000;

/** A server may be newer than the page: a fact that is not known here is not meant for it. */
const knownFacts = z
  .array(z.unknown())
  .transform((facts) =>
    facts.map((fact) => factSchema.safeParse(fact)).flatMap(({ data }) => (data ? [data] : [])),
  );
const [factsReplay, resetReplay] = replaySchema.options;
const anyEnvelope = envelopeSchema.extend({ facts: knownFacts });
const anyReplay = z.discriminatedUnion('kind', [factsReplay.extend({ facts: knownFacts }), resetReplay]);

export interface SocketHandlers {
  onConnected(isConnected: boolean): void;
  /** In the order of their numbers, each once. */
  onFacts(facts: readonly Fact[]): void;
  /** Too much was missed: whatever the page shows may be old. */
  onMissed(): void;
  onPresence(presence: Presence): void;
  onSessionEnded(): void;
}

/**
 * The connection to whichever API process answers. WebSocket only: polling would need each request of a connection to
 * come to the same process.
 */
export class LiveSocket {
  readonly #socket: Socket<ServerToClient, ClientToServer>;
  readonly #handlers: SocketHandlers;
  #stream: StreamState<Fact> = UNCONNECTED;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #state: PageState;

  /** @param state what the page's person is doing */
  constructor(handlers: SocketHandlers, state: PageState) {
    this.#handlers = handlers;
    this.#state = state;
    const socket: Socket<ServerToClient, ClientToServer> = io({
      path: REALTIME_PATH,
      transports: ['websocket'],
    });
    this.#socket = socket;
    socket.on('connect', () => {
      handlers.onConnected(true);
      socket.emit('state', this.#state);
      this.#step({ type: 'connected' });
    });
    socket.on('disconnect', () => this.#lost());
    socket.on('connect_error', () => this.#lost());
    socket.on('facts', (data) => {
      const envelope = anyEnvelope.safeParse(data);
      if (envelope.success) this.#step({ type: 'envelope', envelope: envelope.data });
    });
    socket.on('head', (seq) => {
      if (Number.isSafeInteger(seq)) this.#step({ type: 'head', seq });
    });
    socket.on('presence', (data) => {
      const presence = presenceSchema.safeParse(data);
      if (presence.success) handlers.onPresence(presence.data);
    });
    socket.on('session-ended', () => {
      this.close();
      handlers.onSessionEnded();
    });
  }

  tellState(state: PageState): void {
    this.#state = state;
    // A connection that is to come begins with it.
    if (this.#socket.connected) this.#socket.emit('state', state);
  }

  /**
   * The page's call goes on. Resolves when the server has written it.
   * @throws Error when there is no connection, or no answer in time
   */
  async callAlive(callId: string): Promise<void> {
    if (!this.#socket.connected) throw new Error('There is no live connection.');
    heartbeatAnswerSchema.parse(await this.#socket.timeout(ANSWER_MS).emitWithAck('call-alive', callId));
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#socket.off();
    this.#socket.close();
  }

  #lost(): void {
    clearTimeout(this.#timer);
    this.#handlers.onConnected(false);
    if (!this.#socket.active) this.#later(TURNED_AWAY_MS, () => this.#socket.connect());
  }

  #step(event: StreamEvent<Fact>): void {
    const [state, effects] = reduceStream(this.#stream, event);
    this.#stream = state;
    for (const effect of effects) {
      switch (effect.type) {
        case 'ask':
          this.#ask(effect.question, effect.since);
          break;
        case 'apply':
          this.#handlers.onFacts(effect.facts);
          break;
        case 'refetch':
          this.#handlers.onMissed();
          break;
      }
    }
  }

  #ask(question: number, since: number | null): void {
    this.#socket.timeout(ANSWER_MS).emit('since', since, (error, answer) => {
      // Of a connection that is gone: the next one asks by itself.
      if (!this.#socket.connected) return;
      const replay = error ? null : anyReplay.safeParse(answer);
      if (replay?.success) this.#step({ type: 'answer', question, replay: replay.data });
      else if (error) this.#step({ type: 'no-answer', question });
      // An answer that makes no sense would come again at once.
      else this.#later(ANSWER_MS, () => this.#step({ type: 'no-answer', question }));
    });
  }

  /** One timer is enough: it is for a connection, or for one that is not there. */
  #later(ms: number, task: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(task, ms);
  }
}
