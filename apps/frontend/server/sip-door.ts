import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { AddressOf } from './client-address';
import type { Rotation } from './rotation';
import { askWhoIs } from './session-check';
import { refuseUpgrade } from './upstreams';

/** How much of the switch one visitor may hold. A connection takes 84 kB of the memory that calls need. */
export interface SipLimits {
  /** Connections of one person, over all their sessions and tabs. */
  readonly perPerson: number;
  /** Connections from one address, those that still wait for the API's word included. */
  readonly perAddress: number;
  /** Upgrades that wait for the API's word, from all addresses. */
  readonly waiting: number;
  /** How long the API may take to say whose session it is, in ms. */
  readonly askMs: number;
}

/**
 * - 8 for a person: four tabs, twice over, because the switch takes up to 48 s to let go of a connection that died
 *   without a word, and its phone knocks again before that. Not counted by session: signing in again makes a new one.
 *   The 2048 connections of the switch are enough for 256 people who all hold as many as they may.
 * - 400 for an address: an office of 250 agents behind one router, most with one tab and some with two.
 * - 500 waiting: such an office and as many others, when all phones come back at once after a restart. Who is
 *   refused tries again within 8 s.
 * - 5 s: the API answers within milliseconds; a phone that waits longer is better off with a new try.
 */
export const SIP_LIMITS: SipLimits = { perPerson: 8, perAddress: 400, waiting: 500, askMs: 5_000 };

/** Tells the switch for whose session a connection is; it takes that session's credentials there, and no others. */
const SESSION_HEADER = 'x-outdial-session';

type Refusal = '401 Unauthorized' | '429 Too Many Requests' | '503 Service Unavailable';

export interface SipDoorOptions {
  readonly apis: Rotation;
  readonly addressOf: AddressOf;
  readonly limits?: SipLimits;
}

/**
 * Who may open a connection to the switch: people with a live session, each a few. Every connection takes memory that
 * calls need, whether a phone signs in on it or not, and without this some hundred idle ones locked all phones out.
 * The switch is told whose session it is, and closes the connection at its end.
 * A phone that is refused tries again by itself for ever (JsSIP: after 1 to 8 s), so an API that is away only delays it.
 */
export class SipDoor {
  readonly #options: SipDoorOptions;
  readonly #limits: SipLimits;
  readonly #waiting = new Set<Socket>();
  readonly #byAddress = new Map<string, number>();
  readonly #byPerson = new Map<string, number>();

  constructor(options: SipDoorOptions) {
    this.#options = options;
    this.#limits = options.limits ?? SIP_LIMITS;
  }

  /** @returns whether the socket may go on to the switch; if not, it has got its answer and is closed. Never rejects. */
  async admits(request: IncomingMessage, socket: Socket): Promise<boolean> {
    const refusal = await this.#refusalOf(request, socket);
    if (refusal) refuseUpgrade(socket, refusal);
    return !refusal && !socket.destroyed;
  }

  /** Ends the sockets that still wait; those let through are not the door's any more. */
  close(): void {
    for (const socket of this.#waiting) socket.destroy();
  }

  async #refusalOf(request: IncomingMessage, socket: Socket): Promise<Refusal | null> {
    const { addressOf, apis } = this.#options;
    const { perAddress, perPerson, waiting, askMs } = this.#limits;
    if (this.#waiting.size >= waiting) return '429 Too Many Requests';
    if (!holdPlace(this.#byAddress, addressOf(request), perAddress, socket)) return '429 Too Many Requests';
    this.#waiting.add(socket);
    const visitor = await askWhoIs(apis, request, askMs);
    this.#waiting.delete(socket);
    switch (visitor.kind) {
      case 'nobody':
        return '401 Unauthorized';
      case 'unknown':
        return '503 Service Unavailable';
      case 'person':
        request.headers[SESSION_HEADER] = visitor.sessionId;
        return holdPlace(this.#byPerson, visitor.userId, perPerson, socket) ? null : '429 Too Many Requests';
    }
  }
}

/** Takes one of `limit` places for as long as the socket is open. @returns false when none is free */
function holdPlace(places: Map<string, number>, key: string, limit: number, socket: Socket): boolean {
  const held = places.get(key) ?? 0;
  if (held >= limit) return false;
  // Gone already: it would never give the place back.
  if (socket.destroyed) return true;
  places.set(key, held + 1);
  socket.once('close', () => {
    const left = (places.get(key) ?? 1) - 1;
    if (left > 0) places.set(key, left);
    else places.delete(key);
  });
  return true;
}
