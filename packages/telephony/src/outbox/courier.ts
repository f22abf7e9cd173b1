import type { Clock } from '../clock';
import { type FilingServer, reportOfAbandoned } from './delivery';
import type { Lane } from './lane';
import type { Locks } from './locks';
import type { OutboxEntry, OutboxStorage } from './outbox-storage';
import { RecordingLane } from './recording-lane';
import { ReportLane } from './report-lane';
import { Uplink, type UplinkOptions } from './uplink';

export interface CourierOptions extends UplinkOptions {
  /** Of all tabs that ask for the lock of this name only one sends. */
  lock: string;
  locks: Locks;
  server: FilingServer;
  storage: OutboxStorage;
  clock: Clock;
  /** What this courier is to carry, oldest first. */
  entries: () => Promise<OutboxEntry[]>;
  /** Whether this very page has the call. */
  isHere: (callId: string) => boolean;
}

/**
 * Carries entries to the server, in two lanes that do not wait for each other: reports, which are small and wanted at
 * once, and recordings.
 */
export class Courier {
  readonly #options: CourierOptions;
  readonly #uplink: Uplink;
  readonly #lanes: readonly Lane[];
  readonly #awaited = new Set<string>();
  readonly #sleeping = new Set<() => void>();

  constructor(options: CourierOptions) {
    this.#options = options;
    this.#uplink = new Uplink(options);
    this.#lanes = [new ReportLane(this.#uplink, options), new RecordingLane(this.#uplink, options)];
  }

  /** Waits for its turn among the tabs, then works until the signal aborts. */
  async run(): Promise<void> {
    const { locks, lock, signal } = this.#options;
    const carry = async () => void (await Promise.all(this.#lanes.map((lane) => this.#carry(lane))));
    await locks.request(lock, signal, carry).catch(() => undefined);
  }

  /** There may be something to do. */
  wake(): void {
    for (const wake of [...this.#sleeping]) wake();
  }

  /** The network is back: what waits is tried at once. */
  retryNow(): void {
    this.#uplink.retryNow();
    this.wake();
  }

  /** Runs while this tab holds the sender's lock. */
  async #carry(lane: Lane): Promise<void> {
    const { signal, entries, clock } = this.#options;
    while (!signal.aborted) {
      // Before the list is read, so that a wake-up in between is not missed.
      let wake = () => {};
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      this.#sleeping.add(wake);
      const all = await entries();
      for (const { callId, state } of all) if (state === 'live') this.#awaitEndOf(callId);
      if (!(await lane.sendOne(all)) && !signal.aborted) {
        const next = lane.nextLook(all);
        const cancel = next === null ? null : clock.after(Math.max(0, next - clock.now()), wake);
        await woken;
        cancel?.();
      }
      this.#sleeping.delete(wake);
    }
  }

  /** Gets a call's lock once its page has let go or died; whatever is still `live` then was abandoned. */
  #awaitEndOf(callId: string): void {
    const { isHere, locks, signal, storage, onChange } = this.#options;
    if (isHere(callId) || this.#awaited.has(callId)) return;
    this.#awaited.add(callId);
    void locks
      .request(`outdial-call:${callId}`, signal, async () => {
        const entry = await storage.get(callId);
        if (entry?.state === 'live')
          await storage.put({ ...entry, state: 'waiting', report: entry.report ?? reportOfAbandoned(entry) });
        this.#awaited.delete(callId);
        await onChange();
      })
      .catch(() => undefined);
  }
}
