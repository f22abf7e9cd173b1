/** Whatever has a number in the organization's stream. */
export interface Numbered {
  readonly seq: number;
}

/** Facts in the order of their numbers; `prev` is the last number this page was told before them. */
export interface EnvelopeOf<F extends Numbered> {
  readonly prev: number;
  readonly seq: number;
  readonly facts: readonly F[];
}

export type ReplayOf<F extends Numbered> =
  | { readonly kind: 'facts'; readonly seq: number; readonly facts: readonly F[] }
  | { readonly kind: 'reset'; readonly seq: number };

/**
 * Where the page stands. `seq` is the number up to which it knows everything that is for it; null before the first
 * answer. `question` numbers the questions, so that the answer to an earlier one is told apart.
 */
export type StreamState<F extends Numbered> =
  | { readonly name: 'following'; readonly seq: number; readonly question: number }
  | {
      readonly name: 'asking';
      readonly seq: number | null;
      readonly question: number;
      /** Came before the answer. */
      readonly held: readonly EnvelopeOf<F>[];
    };

export type StreamEvent<F extends Numbered> =
  | { readonly type: 'connected' }
  | { readonly type: 'envelope'; readonly envelope: EnvelopeOf<F> }
  /** How far the server is for this page. */
  | { readonly type: 'head'; readonly seq: number }
  | { readonly type: 'answer'; readonly question: number; readonly replay: ReplayOf<F> }
  | { readonly type: 'no-answer'; readonly question: number };

export type StreamEffect<F extends Numbered> =
  | { readonly type: 'ask'; readonly question: number; readonly since: number | null }
  | { readonly type: 'apply'; readonly facts: readonly F[] }
  /** Too much was missed to be told: everything on the page is to be asked for anew. */
  | { readonly type: 'refetch' };

type Step<F extends Numbered> = readonly [state: StreamState<F>, effects: readonly StreamEffect<F>[]];

/** More are let go, the oldest first: the gap that they leave is asked for. */
const MAX_HELD = 100;

export const UNCONNECTED = { name: 'asking', seq: null, question: 0, held: [] } as const;

/**
 * Follows the server's facts over connections that break, and servers that take turns, without losing one, taking one
 * twice, or changing their order. Pure: the effects are data, done by the socket.
 *
 * | state     | event                  | next      | effect                                                       |
 * |-----------|------------------------|-----------|--------------------------------------------------------------|
 * | any       | connected              | asking    | ask                                                          |
 * | following | envelope, prev <= seq  | following | apply what is newer                                          |
 * | following | envelope, prev > seq   | asking    | hold it; ask                                                 |
 * | following | head > seq             | asking    | ask: the last envelope was lost                              |
 * | asking    | envelope               | asking    | hold it                                                      |
 * | asking    | no answer              | asking    | ask again                                                    |
 * | asking    | answer                 | following | apply what is newer, or refetch; then what was held, as above |
 *
 * Everything else changes nothing. Letting go of an envelope is always safe; applying one out of turn never is.
 */
export function reduceStream<F extends Numbered>(state: StreamState<F>, event: StreamEvent<F>): Step<F> {
  switch (event.type) {
    case 'connected':
      return ask(state, []);
    case 'envelope':
      return state.name === 'asking' ? hold(state, event.envelope) : take(state, [event.envelope]);
    case 'head':
      return state.name === 'following' && event.seq > state.seq ? ask(state, []) : [state, []];
    case 'no-answer':
      return state.name === 'asking' && event.question === state.question
        ? ask(state, state.held)
        : [state, []];
    case 'answer':
      return state.name === 'asking' && event.question === state.question
        ? answered(state, event.replay)
        : [state, []];
  }
}

function ask<F extends Numbered>({ seq, question }: StreamState<F>, held: readonly EnvelopeOf<F>[]): Step<F> {
  const next = question + 1;
  return [{ name: 'asking', seq, question: next, held }, [{ type: 'ask', question: next, since: seq }]];
}

type Asking<F extends Numbered> = Extract<StreamState<F>, { name: 'asking' }>;
type Following = Extract<StreamState<never>, { name: 'following' }>;

function hold<F extends Numbered>(state: Asking<F>, envelope: EnvelopeOf<F>): Step<F> {
  return [{ ...state, held: [...state.held, envelope].slice(-MAX_HELD) }, []];
}

function answered<F extends Numbered>({ seq, question, held }: Asking<F>, replay: ReplayOf<F>): Step<F> {
  const inOrder = [...held].sort((one, other) => one.seq - other.seq);
  if (replay.kind === 'reset') {
    const [next, effects] = take({ name: 'following', seq: replay.seq, question }, inOrder);
    // The page that has just come up has asked for everything already.
    return [next, seq === null ? effects : [{ type: 'refetch' }, ...effects]];
  }
  const known = seq ?? 0;
  // The server that answers may be behind the one that was followed before.
  const following = { name: 'following', seq: Math.max(known, replay.seq), question } as const;
  const [next, effects] = take(following, inOrder);
  return [next, [...applied(replay.facts, known), ...effects]];
}

/** Takes envelopes in their order, up to the first gap. */
function take<F extends Numbered>(state: Following, envelopes: readonly EnvelopeOf<F>[]): Step<F> {
  let { seq } = state;
  const effects: StreamEffect<F>[] = [];
  for (const [index, envelope] of envelopes.entries()) {
    if (envelope.prev > seq) {
      const [next, asked] = ask({ ...state, seq }, envelopes.slice(index));
      return [next, [...effects, ...asked]];
    }
    effects.push(...applied(envelope.facts, seq));
    seq = Math.max(seq, envelope.seq);
  }
  return [{ ...state, seq }, effects];
}

function applied<F extends Numbered>(facts: readonly F[], known: number): readonly StreamEffect<F>[] {
  const news = facts.filter(({ seq }) => seq > known);
  return news.length > 0 ? [{ type: 'apply', facts: news }] : [];
}
