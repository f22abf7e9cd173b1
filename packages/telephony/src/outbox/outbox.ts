import { type CancelTimer, type Clock, systemClock } from '../clock';
import { type Readable, Store, type Unsubscribe } from '../store';
import { Courier } from './courier';
import type { FilingServer } from './delivery';
import { LiveEntry } from './live-entry';
import { browserLocks, type Locks, PageLocks } from './locks';
import { countsOf, type OutboxSnapshot } from './outbox-snapshot';
import {
  type CallDraft,
  IdbOutboxStorage,
  type OutboxEntry,
  type OutboxStorage,
  type UnsentReport,
} from './outbox-storage';
import { ResilientStorage, storageWarning } from './resilient-storage';

const HEARTBEAT_MS = 5_000;
/** A call that has ended goes up so much later: the next one is being dialed just then. */
const SETTLE_MS = 500;

export interface OutboxOptions {
  /** Entries are kept apart by user: nobody files another's calls. */
  userId: string;
  server: FilingServer;
  storage?: OutboxStorage;
  locks?: Locks;
  clock?: Clock;
  random?: () => number;
  /** Wait between a call's end and its way to the server, in milliseconds. */
  settleMs?: number;
  /** Tells `online` and `pagehide`; the window. */
  network?: EventTarget;
  /** Tells the other tabs that something changed. */
  channel?: BroadcastChannel;
  /** Asks the browser not to clear its disk when space runs short. */
  persist?: () => void;
}

/**
 * Reports and recordings on their way to the server. What has been begun is never lost: it is on disk chunk by chunk,
 * survives a reload or a crash, and goes up with back-off until the server has it.
 *
 * Of several tabs only the one with lock `outdial-outbox:<user>` sends. A call in progress holds `outdial-call:<id>`;
 * the sender waits in line for that lock, so that a crashed tab's call falls to it at once and a live one never does.
 * What a tab has in memory alone, for want of a disk, it sends itself, and holds the call's lock until it has.
 */
export class Outbox implements Readable<OutboxSnapshot> {
  readonly #userId: string;
  readonly #storage: ResilientStorage;
  readonly #locks: Locks;
  readonly #clock: Clock;
  readonly #settleMs: number;
  readonly #channel: BroadcastChannel;
  readonly #network: EventTarget | undefined;
  readonly #closing = new AbortController();
  readonly #live = new Map<string, LiveEntry>();
  /** For what lies on the disk, and for what this tab alone has. */
  readonly #couriers: readonly [disk: Courier, memory: Courier];
  readonly #persist: () => void;
  /** Locks of ended calls that are in memory. */
  readonly #held = new Map<string, () => void>();
  readonly #store = new Store<OutboxSnapshot>({
    waiting: 0,
    uploading: false,
    failed: [],
    lastError: null,
    storageWarning: null,
  });
  #heartbeat: CancelTimer | null = null;
  #started = false;

  constructor(options: OutboxOptions) {
    this.#userId = options.userId;
    this.#storage = new ResilientStorage(options.storage ?? new IdbOutboxStorage(), (error) =>
      this.#patch({ storageWarning: storageWarning(error) }),
    );
    this.#locks = options.locks ?? browserLocks();
    this.#clock = options.clock ?? systemClock;
    this.#settleMs = options.settleMs ?? SETTLE_MS;
    this.#network = options.network ?? globalThis.window;
    this.#channel = options.channel ?? new BroadcastChannel(`outdial-outbox:${options.userId}`);
    this.#persist = options.persist ?? persistStorage;
    const courier = (locks: Locks, isInMemory: boolean) =>
      new Courier({
        lock: `outdial-outbox:${this.#userId}`,
        locks,
        server: options.server,
        storage: this.#storage,
        entries: async () =>
          (await this.#storage.list(this.#userId)).filter(
            ({ callId }) => this.#storage.isInMemory(callId) === isInMemory,
          ),
        clock: this.#clock,
        random: options.random ?? Math.random,
        signal: this.#closing.signal,
        isHere: (callId) => this.#live.has(callId),
        onChange: () => this.#changed(),
        onUploading: (uploading) => this.#patch({ uploading }),
        onResult: (lastError) => this.#patch({ lastError }),
      });
    this.#couriers = [courier(this.#locks, false), courier(new PageLocks(), true)];
  }

  readonly getSnapshot = () => this.#store.getSnapshot();
  readonly subscribe = (listener: () => void): Unsubscribe => this.#store.subscribe(listener);

  /** Begins to send what waits; idempotent. */
  start(): void {
    if (this.#started || this.#closing.signal.aborted) return;
    this.#started = true;
    const { signal } = this.#closing;
    this.#network?.addEventListener('online', () => this.#retryNow(), { signal });
    this.#network?.addEventListener('pagehide', () => this.#writeAll(), { signal });
    this.#channel.addEventListener('message', () => void this.#changedElsewhere(), { signal });
    void this.#refresh();
    for (const courier of this.#couriers) void courier.run();
  }

  /** Notes that a call is about to be made. */
  begin(draft: CallDraft): void {
    const { callId } = draft;
    this.#persist();
    const now = this.#clock.now();
    const entry: OutboxEntry = {
      callId,
      userId: this.#userId,
      state: 'live',
      draft,
      report: null,
      isFiled: false,
      createdAt: now,
      lastSeenAt: now,
      dueAt: 0,
      error: null,
    };
    const { locked, release } = this.#lock(callId);
    const live = new LiveEntry({
      entry,
      storage: this.#storage,
      clock: this.#clock,
      locked,
      release: () => (this.#storage.isInMemory(callId) ? this.#held.set(callId, release) : release()),
      onKnown: () => this.#channel.postMessage('changed'),
      onChunk: () => this.#wake(),
    });
    this.#live.set(callId, live);
    this.#beat();
  }

  /** Notes what became known of a call in progress. */
  update(callId: string, known: Partial<CallDraft>): void {
    const live = this.#live.get(callId);
    if (!live) return;
    live.touch({ draft: { ...live.entry.draft, ...known } });
  }

  appendChunk(callId: string, chunk: Blob): void {
    this.#live.get(callId)?.appendChunk(chunk);
  }

  /** The call has ended; chunks may still come until `complete`. */
  ended(report: UnsentReport): void {
    this.#live.get(report.callId)?.touch({ report });
  }

  /** Everything about the call is here: off it goes. */
  async complete(callId: string): Promise<void> {
    const live = this.#live.get(callId);
    if (!live?.entry.report) return;
    live.touch({ state: 'waiting', dueAt: this.#clock.now() + this.#settleMs });
    await this.#leave(live);
  }

  /** The call was never made after all; or what the server refuses is not wanted any more. */
  async discard(callId: string): Promise<void> {
    const live = this.#live.get(callId);
    if (live) {
      live.remove();
      await this.#leave(live);
    } else {
      await this.#storage.remove(callId);
      await this.#changed();
    }
  }

  /** Tries what the server refused once more. */
  async retryFailed(): Promise<void> {
    for (const entry of await this.#storage.list(this.#userId)) {
      if (entry.state !== 'failed') continue;
      await this.#storage.put({ ...entry, state: 'waiting', dueAt: 0 });
    }
    await this.#changed();
  }

  /** What waits stays on disk. */
  close(): void {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    this.#heartbeat?.();
    this.#wake();
    for (const live of this.#live.values()) void live.leave();
    for (const release of this.#held.values()) release();
    this.#channel.close();
  }

  /** Held for as long as the call is in progress here. */
  #lock(callId: string): { locked: Promise<void>; release: () => void } {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const locked = new Promise<void>((resolve, reject) => {
      this.#locks
        .request(`outdial-call:${callId}`, this.#closing.signal, () => {
          resolve();
          return released;
        })
        .catch(reject);
    });
    return { locked, release };
  }

  #writeAll(): void {
    for (const live of this.#live.values()) live.flush();
  }

  async #leave(live: LiveEntry): Promise<void> {
    await live.leave();
    this.#live.delete(live.entry.callId);
    await this.#changed();
  }

  #beat(): void {
    this.#heartbeat ??= this.#clock.after(HEARTBEAT_MS, () => {
      this.#heartbeat = null;
      for (const live of this.#live.values()) live.touch({});
      if (this.#live.size > 0) this.#beat();
    });
  }

  #wake(): void {
    for (const courier of this.#couriers) courier.wake();
  }

  #retryNow(): void {
    for (const courier of this.#couriers) courier.retryNow();
  }

  /** Lets go of calls that were in memory, once they are sent. */
  #releaseSent(): void {
    for (const [callId, release] of this.#held) {
      if (this.#storage.isInMemory(callId)) continue;
      this.#held.delete(callId);
      release();
    }
  }

  async #changed(): Promise<void> {
    this.#releaseSent();
    if (!this.#closing.signal.aborted) this.#channel.postMessage('changed');
    await this.#changedElsewhere();
  }

  async #changedElsewhere(): Promise<void> {
    this.#wake();
    await this.#refresh();
  }

  async #refresh(): Promise<void> {
    const entries = await this.#storage.list(this.#userId);
    this.#patch(countsOf(entries));
  }

  #patch(change: Partial<OutboxSnapshot>): void {
    this.#store.set({ ...this.#store.getSnapshot(), ...change });
  }
}

/** Firefox asks the user, and does so for a click alone: a call is dialed by one. */
function persistStorage(): void {
  globalThis.navigator?.storage?.persist?.().catch(() => undefined);
}
