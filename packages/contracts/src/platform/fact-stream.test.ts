import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type EnvelopeOf,
  type Numbered,
  type ReplayOf,
  reduceStream,
  type StreamEffect,
  type StreamEvent,
  type StreamState,
  UNCONNECTED,
} from './fact-stream';

const envelope = (prev: number, ...numbers: number[]): EnvelopeOf<Numbered> => ({
  prev,
  seq: Math.max(prev, ...numbers),
  facts: numbers.map((seq) => ({ seq })),
});
const arrives = (prev: number, ...numbers: number[]) =>
  ({ type: 'envelope', envelope: envelope(prev, ...numbers) }) as const;
const reset = (seq: number) => ({ kind: 'reset', seq }) as const;
const facts = (seq: number, ...numbers: number[]) =>
  ({ kind: 'facts', seq, facts: numbers.map((number) => ({ seq: number })) }) as const;

/** Steps through events and keeps what came of the last one. */
class Page {
  state: StreamState<Numbered> = UNCONNECTED;
  effects: readonly StreamEffect<Numbered>[] = [];

  do(event: StreamEvent<Numbered>): this {
    [this.state, this.effects] = reduceStream(this.state, event);
    return this;
  }

  answer(replay: ReplayOf<Numbered>, question = this.state.question): this {
    return this.do({ type: 'answer', question, replay });
  }

  /** Connected, with everything up to `seq` known. */
  at(seq: number): this {
    return this.do({ type: 'connected' }).answer(reset(seq));
  }

  get applied() {
    return this.effects.flatMap((effect) =>
      effect.type === 'apply' ? effect.facts.map(({ seq }) => seq) : [],
    );
  }

  get asked() {
    return this.effects.flatMap((effect) => (effect.type === 'ask' ? [effect.since] : []));
  }
}

describe('a page that follows the facts', () => {
  it('takes its first number without asking for everything again', () => {
    const page = new Page().do({ type: 'connected' });
    expect(page.asked).toEqual([null]);
    page.answer(reset(40));
    expect(page.effects).toEqual([]);
    expect(page.do(arrives(38, 41, 44)).applied).toEqual([41, 44]);
  });

  it('holds what comes before the answer, and takes it once', () => {
    const page = new Page().at(40).do({ type: 'connected' });
    expect(page.do(arrives(44, 45)).effects).toEqual([]);
    expect(page.do(arrives(40, 42, 44)).effects).toEqual([]);
    page.answer(facts(42, 42));
    expect(page.applied).toEqual([42, 44, 45]);
    expect(page.do(arrives(44, 45)).applied).toEqual([]);
  });

  it('asks for what is missing', () => {
    const page = new Page().at(40);
    expect(page.do(arrives(45, 46)).asked).toEqual([40]);
    expect(page.do({ type: 'head', seq: 46 }).effects).toEqual([]);
    expect(page.answer(facts(46, 43, 45, 46)).applied).toEqual([43, 45, 46]);
    expect(page.do({ type: 'head', seq: 46 }).asked).toEqual([]);
    expect(page.do({ type: 'head', seq: 47 }).asked).toEqual([46]);
  });

  it('asks again without an answer, and does not mind one that comes too late', () => {
    const page = new Page().at(40).do({ type: 'connected' });
    const { question } = page.state;
    expect(page.do({ type: 'no-answer', question }).asked).toEqual([40]);
    expect(page.answer(reset(1), question).effects).toEqual([]);
    expect(page.do({ type: 'no-answer', question }).effects).toEqual([]);
    expect(page.answer(facts(41, 41)).applied).toEqual([41]);
  });

  it('asks for everything anew when too much was missed', () => {
    const page = new Page().at(40).do({ type: 'connected' }).do(arrives(900, 901));
    page.answer(reset(900));
    expect(page.effects).toEqual([{ type: 'refetch' }, { type: 'apply', facts: [{ seq: 901 }] }]);
  });

  it('stays where it is when a server behind the last one answers', () => {
    const page = new Page().at(40).do({ type: 'connected' }).answer(facts(38));
    expect(page.state).toMatchObject({ name: 'following', seq: 40 });
    expect(page.do(arrives(38, 39, 40, 41)).applied).toEqual([41]);
  });
});

/** A server, a network that loses, repeats, delays and reorders, and the page at its end. */
class World {
  readonly page = new Page();
  readonly #told: number[] = [];
  /** The whole stream's end; some numbers are not for this page. */
  #head = 1;
  #lastTold = 1;
  /** On the way to the page. */
  #frames: StreamEvent<Numbered>[] = [];
  #questions: { question: number; since: number | null }[] = [];
  /** Everything up to here was asked of the API, not told. */
  #fetched = 0;
  readonly #applied: number[] = [];

  publish(count: number, hidden: number): void {
    this.#head += hidden;
    const numbers = Array.from({ length: count }, () => ++this.#head);
    this.#told.push(...numbers);
    this.#frames.push(arrives(this.#lastTold, ...numbers));
    this.#lastTold = this.#head;
  }

  head(): void {
    this.#frames.push({ type: 'head', seq: this.#lastTold });
  }

  lose(at: number): void {
    this.#frames.splice(at % Math.max(1, this.#frames.length), 1);
  }

  repeat(at: number): void {
    const frame = this.#frames[at % Math.max(1, this.#frames.length)];
    if (frame) this.#frames.push(frame);
  }

  arrive(at: number): void {
    const [frame] = this.#frames.splice(at % Math.max(1, this.#frames.length), 1);
    if (frame) this.#tell(frame);
  }

  connect(): void {
    this.#tell({ type: 'connected' });
  }

  /** The server answers one of the questions, late or not; its answer is a frame like others. */
  answer(at: number, kept: number): void {
    const [asked] = this.#questions.splice(at % Math.max(1, this.#questions.length), 1);
    if (!asked) return;
    const { question, since } = asked;
    const replay =
      since === null || since < this.#head - kept
        ? reset(this.#head)
        : facts(this.#head, ...this.#told.filter((seq) => seq > since));
    this.#frames.push({ type: 'answer', question, replay });
  }

  timeOut(): void {
    this.#tell({ type: 'no-answer', question: this.page.state.question });
  }

  /** The network is sound again; the connection need not be a new one. */
  settle(): void {
    this.timeOut();
    for (let round = 0; round < 10; round++) {
      this.head();
      while (this.#frames.length > 0) this.arrive(0);
      while (this.#questions.length > 0) this.answer(0, Number.POSITIVE_INFINITY);
    }
    expect(this.page.state).toMatchObject({ name: 'following' });
    this.#expectAllUpTo(this.#lastTold);
  }

  #tell(event: StreamEvent<Numbered>): void {
    const isFirst = this.page.state.seq === null;
    const { state, effects } = this.page.do(event);
    // The page has just come up, with what the API said.
    if (isFirst && state.seq !== null) this.#refetched(event);
    for (const effect of effects) {
      if (effect.type === 'ask') this.#questions.push(effect);
      if (effect.type === 'refetch') this.#refetched(event);
      if (effect.type === 'apply') this.#applied.push(...effect.facts.map(({ seq }) => seq));
    }
    if (state.name === 'following') this.#expectAllUpTo(state.seq);
  }

  #refetched(event: StreamEvent<Numbered>): void {
    if (event.type === 'answer') this.#fetched = event.replay.seq;
    this.#applied.splice(0);
  }

  #expectAllUpTo(seq: number): void {
    const due = this.#told.filter((number) => number > this.#fetched && number <= seq);
    expect(this.#applied.filter((number) => number > this.#fetched)).toEqual(due);
  }
}

it('loses no fact, takes none twice and keeps their order, whatever the network does', () => {
  const at = fc.nat({ max: 20 });
  const few = fc.nat({ max: 2 });
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.tuple(fc.constant('publish' as const), fc.integer({ min: 1, max: 3 }), few) },
    { weight: 6, arbitrary: fc.tuple(fc.constant('arrive' as const), at) },
    { weight: 3, arbitrary: fc.tuple(fc.constant('answer' as const), at, fc.integer({ min: 5, max: 500 })) },
    fc.tuple(fc.constantFrom('lose' as const, 'repeat' as const), at),
    fc.tuple(fc.constantFrom('head' as const, 'connect' as const, 'timeOut' as const)),
  );
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 120, size: 'max' }), (steps) => {
      const world = new World();
      world.connect();
      world.answer(0, 0);
      for (const each of steps) {
        if (each[0] === 'publish') world.publish(each[1], each[2]);
        else if (each[0] === 'answer') world.answer(each[1], each[2]);
        else if (each[0] === 'arrive' || each[0] === 'lose' || each[0] === 'repeat') world[each[0]](each[1]);
        else world[each[0]]();
      }
      world.settle();
    }),
    { numRuns: 500 },
  );
});
