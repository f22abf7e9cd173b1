import type { ClientToServer, Envelope, Presence, Replay, ServerToClient } from '@outdial/contracts';
import type { Socket } from 'socket.io';
import type { RelayedFact } from '../adapters/bus';
import type { Actor } from '../work/actor';
import type { PersonState } from './presence-board';
import { mayKnowOf, maySee } from './visibility';

export type RealtimeSocket = Socket<ClientToServer, ServerToClient, Record<never, never>, { actor: Actor }>;

const told = ({ seq, name, payload }: RelayedFact) => ({ seq, name, payload }) as Envelope['facts'][number];

/** One open page: what it may see, and what it has been told. */
export class RealtimeClient {
  /** The last number the page was told; null until it has said where it stands. */
  #last: number | null = null;
  /** What came while the page's question was being answered. */
  #waiting: RelayedFact[] = [];

  constructor(
    readonly socket: RealtimeSocket,
    public actor: Actor,
  ) {}

  get last(): number | null {
    return this.#last;
  }

  /** Tells what of the facts is for this page. They come in order; those it knows already are left out. */
  tell(facts: readonly RelayedFact[]): void {
    if (this.#last === null) {
      this.#waiting.push(...facts);
      return;
    }
    const prev = this.#last;
    const news = facts.filter((fact) => fact.seq > prev && maySee(fact, this.actor));
    const last = news.at(-1);
    if (!last) return;
    this.#last = last.seq;
    this.socket.emit('facts', { prev, seq: last.seq, facts: news.map(told) } satisfies Envelope);
  }

  /** Tells who is there, of those whom this page's person may know of: the first word to every connection. */
  welcome(everyone: readonly PersonState[]): void {
    const people = everyone.filter((person) => mayKnowOf(person, this.actor));
    this.#tellPeople({ whole: true, people: people.map(({ userId, state }) => ({ userId, state })) });
  }

  /** Tells what has changed; somebody who has moved to a team out of sight is offline for this page. */
  tellOf(changes: readonly PersonState[]): void {
    const people = changes.flatMap(({ userId, state, teamId, formerTeamId }) => {
      if (mayKnowOf({ userId, teamId }, this.actor)) return { userId, state };
      return mayKnowOf({ userId, teamId: formerTeamId }, this.actor)
        ? { userId, state: 'offline' as const }
        : [];
    });
    if (people.length > 0) this.#tellPeople({ whole: false, people });
  }

  /** From now on facts wait until the answer is out: none may fall between the two. */
  ask(): void {
    this.#last = null;
  }

  /** Answers where the page stood, and tells what came meanwhile. @param missed null when it must ask anew */
  answer(missed: readonly RelayedFact[] | null, head: number, send: (replay: Replay) => void): void {
    const facts = missed?.filter((fact) => maySee(fact, this.actor)).map(told);
    send(facts ? { kind: 'facts', seq: head, facts } : { kind: 'reset', seq: head });
    this.#last = head;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.tell(waiting);
  }

  #tellPeople(presence: Presence): void {
    this.socket.emit('presence', presence);
  }
}
