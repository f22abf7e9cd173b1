import {
  envelopeSchema,
  type Fact,
  type HeartbeatAnswer,
  type PageState,
  presenceSchema,
  REALTIME_PATH,
  reduceStream,
  replaySchema,
  type StreamEvent,
  type StreamState,
  UNCONNECTED,
} from '@outdial/contracts';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { type Outdial, PASSWORD, type TestUser } from './outdial';

/** The cookie of a new session. */
export async function cookieOf(outdial: Outdial, user: TestUser): Promise<string> {
  const answer = await outdial
    .visitor()
    .post('/api/auth/sign-in')
    .send({ email: user.email, password: PASSWORD })
    .expect(200);
  return [answer.headers['set-cookie']]
    .flat()
    .map((cookie) => cookie?.split(';')[0])
    .join('; ');
}

export function openSocket(
  url: string,
  headers: Record<string, string>,
  options: Partial<ManagerOptions & SocketOptions> = {},
): Socket {
  return io(url, {
    path: REALTIME_PATH,
    extraHeaders: headers,
    transports: ['websocket'],
    reconnectionDelay: 50,
    reconnectionDelayMax: 500,
    ...options,
  });
}

/** A person's page, as far as it is live: it follows the facts as the product's own page does, and comes back. */
export class LivePage {
  static async open(outdial: Outdial, user: TestUser, url = outdial.url): Promise<LivePage> {
    const page = new LivePage(openSocket(url, { cookie: await cookieOf(outdial, user) }));
    await page.ready();
    return page;
  }

  /** In the order in which they were applied. */
  readonly facts: Fact[] = [];
  /** Who is there, as told. */
  readonly people = new Map<string, string>();
  /** Everyone this page was ever told of. */
  readonly everToldOf = new Set<string>();
  connections = 0;
  /** Times it was told to ask for everything anew. */
  refetches = 0;
  #stream: StreamState<Fact> = UNCONNECTED;
  #state: PageState = 'online';
  #timer: NodeJS.Timeout | undefined;

  private constructor(readonly socket: Socket) {
    socket.on('connect', () => {
      this.connections++;
      this.socket.emit('state', this.#state);
      this.#step({ type: 'connected' });
    });
    // The library does not come back by itself to a server that has turned it away.
    socket.on('disconnect', () => {
      if (!socket.active) this.#timer = setTimeout(() => socket.connect(), 100);
    });
    socket.on('facts', (data) => this.#step({ type: 'envelope', envelope: envelopeSchema.parse(data) }));
    socket.on('head', (seq: number) => this.#step({ type: 'head', seq }));
    socket.on('presence', (data) => {
      const { whole, people } = presenceSchema.parse(data);
      if (whole) this.people.clear();
      for (const { userId, state } of people) {
        this.everToldOf.add(userId);
        if (state === 'offline') this.people.delete(userId);
        else this.people.set(userId, state);
      }
    });
  }

  /** Connected, and told where the stream stands. */
  async ready(): Promise<void> {
    while (this.#stream.name !== 'following') await new Promise((resolve) => setTimeout(resolve, 20));
  }

  state(state: PageState): void {
    this.#state = state;
    if (this.socket.connected) this.socket.emit('state', state);
  }

  alive(callId: string): Promise<HeartbeatAnswer> {
    return this.socket.timeout(5_000).emitWithAck('call-alive', callId);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.socket.off();
    this.socket.disconnect();
  }

  #step(event: StreamEvent<Fact>): void {
    const [state, effects] = reduceStream(this.#stream, event);
    this.#stream = state;
    for (const effect of effects) {
      if (effect.type === 'apply') this.facts.push(...effect.facts);
      if (effect.type === 'refetch') this.refetches++;
      if (effect.type === 'ask') this.#ask(effect.question, effect.since);
    }
  }

  #ask(question: number, since: number | null): void {
    this.socket.timeout(2_000).emit('since', since, (error: Error | null, answer: unknown) => {
      if (!this.socket.connected) return;
      if (error) this.#step({ type: 'no-answer', question });
      else this.#step({ type: 'answer', question, replay: replaySchema.parse(answer) });
    });
  }
}
