import type { Clock } from '../clock';
import { type FilingServer, isFinalForRecording } from './delivery';
import type { Lane } from './lane';
import type { OutboxEntry, OutboxStorage } from './outbox-storage';
import { RecordingSending } from './recording-sending';
import type { Uplink } from './uplink';

/**
 * While somebody talks, chunks leave so far apart: a third faster than they are recorded, and still less than a line
 * has that carries the call. Measured on a line of 64 kB/s: one chunk at a time adds nothing to the sound's delay, a
 * backlog at full speed has it wait for half a second more.
 */
const PACE_MS = 750;
/** A line that takes longer for 8 kB, a second of sound, has none to spare: nothing is sent for a while. */
const TOO_SLOW_MS = 500;
const PER_BYTES = 8_000;
const PAUSE_MS = 10_000;
/** So often it is looked for new chunks of a call, which another tab may have. */
const LOOK_MS = 1_000;

export interface RecordingLaneOptions {
  server: FilingServer;
  storage: OutboxStorage;
  clock: Clock;
}

/** Sends recordings chunk by chunk: of calls in progress as they are recorded, the rest mostly when nobody talks. */
export class RecordingLane implements Lane {
  readonly #options: RecordingLaneOptions;
  readonly #uplink: Uplink;
  readonly #sendings = new Map<string, RecordingSending>();
  /** Calls whose chunks the server refuses while they go on: their rows may come with their reports. */
  readonly #held = new Set<string>();
  #pacedUntil = 0;

  constructor(uplink: Uplink, options: RecordingLaneOptions) {
    this.#uplink = uplink;
    this.#options = options;
  }

  async sendOne(entries: readonly OutboxEntry[]): Promise<boolean> {
    this.#forgetOthers(entries);
    const { server, space } = this.#uplink;
    if (!server.isOver || !space.isOver) return false;
    const live = entries.filter(isLive);
    if (live.length > 0 && this.#pacedUntil > this.#options.clock.now()) return false;
    for (const entry of live) if (!this.#held.has(entry.callId) && (await this.#sendLive(entry))) return true;
    const waiting = entries.find(isWaiting);
    if (!waiting) return false;
    const send = () => this.#sendWaiting(waiting, live.length > 0);
    if (await this.#uplink.try(waiting, send, isFinalForRecording)) this.#sendings.delete(waiting.callId);
    return true;
  }

  nextLook(entries: readonly OutboxEntry[]): number | null {
    const { server, space } = this.#uplink;
    const heldBack = Math.max(server.until, space.until);
    const now = this.#options.clock.now();
    const isPaced = this.#pacedUntil > now;
    if (entries.some(isLive)) return Math.max(heldBack, isPaced ? this.#pacedUntil : now + LOOK_MS);
    return entries.some(isWaiting) ? heldBack : null;
  }

  /** @returns whether something was tried */
  async #sendLive(entry: OutboxEntry): Promise<boolean> {
    try {
      const sent = await this.#paced((signal) => this.#sendingOf(entry).sendNext(signal));
      if (sent !== null) this.#uplink.server.reset();
      return sent !== null;
    } catch (error) {
      if (isFinalForRecording(error)) this.#held.add(entry.callId);
      else this.#uplink.failed(error);
      return true;
    }
  }

  /** Sends the next chunk of an ended call, or tells that all are sent. */
  async #sendWaiting(entry: OutboxEntry, somebodyTalks: boolean): Promise<void> {
    const sending = this.#sendingOf(entry);
    const send = (signal: AbortSignal) => sending.sendNext(signal);
    const sent = await (somebodyTalks ? this.#paced(send) : this.#uplink.within(PER_BYTES, send));
    if (sent !== null) return;
    if (await this.#uplink.within(0, (signal) => sending.complete(entry, signal)))
      await this.#options.storage.remove(entry.callId);
  }

  /** Sends a chunk while somebody talks, and says when the next may follow. */
  async #paced(send: (signal: AbortSignal) => Promise<number | null>): Promise<number | null> {
    const { clock } = this.#options;
    const began = clock.now();
    const sent = await this.#uplink.within(PER_BYTES, send);
    if (sent === null) return null;
    const isSlow = clock.now() - began > TOO_SLOW_MS * Math.max(1, sent / PER_BYTES);
    this.#pacedUntil = isSlow ? clock.now() + PAUSE_MS : began + PACE_MS;
    return sent;
  }

  #sendingOf({ callId, state }: OutboxEntry): RecordingSending {
    const { storage, server } = this.#options;
    const known = this.#sendings.get(callId);
    if (known) return known;
    const sending = new RecordingSending(callId, storage, server, state !== 'live');
    this.#sendings.set(callId, sending);
    return sending;
  }

  #forgetOthers(entries: readonly OutboxEntry[]): void {
    const here = new Set(entries.map(({ callId }) => callId));
    for (const callId of this.#sendings.keys()) if (!here.has(callId)) this.#sendings.delete(callId);
    for (const callId of this.#held) if (!here.has(callId)) this.#held.delete(callId);
  }
}

const isLive = ({ state }: OutboxEntry): boolean => state === 'live';
const isWaiting = ({ state, isFiled }: OutboxEntry): boolean => state === 'waiting' && isFiled;
