import { type Clock, toInstant } from '../clock';
import { type FilingServer, isPermanent } from './delivery';
import type { Lane } from './lane';
import type { OutboxEntry, OutboxStorage } from './outbox-storage';
import type { Uplink } from './uplink';

export interface ReportLaneOptions {
  server: FilingServer;
  storage: OutboxStorage;
  clock: Clock;
}

/** Files how calls went, each as soon as it has ended. */
export class ReportLane implements Lane {
  readonly #options: ReportLaneOptions;
  readonly #uplink: Uplink;

  constructor(uplink: Uplink, options: ReportLaneOptions) {
    this.#uplink = uplink;
    this.#options = options;
  }

  async sendOne(entries: readonly OutboxEntry[]): Promise<boolean> {
    if (!this.#uplink.server.isOver) return false;
    const due = entries.find((entry) => isUnfiled(entry) && entry.dueAt <= this.#options.clock.now());
    if (!due) return false;
    await this.#uplink.try(due, () => this.#file(due), isPermanent);
    return true;
  }

  nextLook(entries: readonly OutboxEntry[]): number | null {
    const due = entries.filter(isUnfiled).map(({ dueAt }) => dueAt);
    return due.length > 0 ? Math.max(this.#uplink.server.until, Math.min(...due)) : null;
  }

  async #file(entry: OutboxEntry): Promise<void> {
    const { clock, server, storage } = this.#options;
    const { callId, report } = entry;
    if (!report) throw new Error(`The call ${callId} has no report yet.`);
    const sentAt = toInstant(clock.now());
    await this.#uplink.within(0, (signal) => server.fileReport({ ...report, sentAt }, signal));
    const hasRecording = (await storage.chunkNumbers(callId)).length > 0;
    await (hasRecording ? storage.put({ ...entry, isFiled: true, error: null }) : storage.remove(callId));
  }
}

const isUnfiled = ({ state, isFiled }: OutboxEntry): boolean => state === 'waiting' && !isFiled;
