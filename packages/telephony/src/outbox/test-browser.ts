import { expect, vi } from 'vitest';
import { FakeClock } from '../fake-clock';
import { FakeFilingServer } from './fake-filing-server';
import { type Locks, PageLocks } from './locks';
import { Outbox } from './outbox';
import { type CallDraft, IdbOutboxStorage, type OutboxStorage, type UnsentReport } from './outbox-storage';

export const draft = (callId: string): CallDraft => ({
  callId,
  direction: 'outbound',
  destination: '+12025550101',
  startedAt: '2030-01-01T00:00:00.000Z',
});

export const report = (callId: string): UnsentReport => ({
  ...draft(callId),
  status: 'answered',
  fault: 'none',
  endedAt: '2030-01-01T00:00:09.000Z',
  durationMs: 9_000,
});

export const chunk = (text: string) => new Blob([text]);

/** Tabs of one browser: one disk, one set of locks, and a crash that frees what a tab held. */
export class Browser {
  readonly name = `outbox-${Math.random()}`;
  readonly clock = new FakeClock();
  readonly server = new FakeFilingServer();
  readonly network = new EventTarget();
  readonly persist = vi.fn();
  readonly #locks = new PageLocks();
  readonly #open: Outbox[] = [];

  tab(userId = 'ada', storage: OutboxStorage = new IdbOutboxStorage(this.name)) {
    const { clock, network, persist, server } = this;
    let die = () => {};
    const death = new Promise<void>((resolve) => {
      die = resolve;
    });
    const locks: Locks = {
      request: (name, signal, task) => this.#locks.request(name, signal, () => Promise.race([task(), death])),
    };
    const outbox = new Outbox({
      userId,
      server,
      storage,
      locks,
      clock,
      network,
      persist,
      random: () => 0.5,
      settleMs: 0,
      channel: new BroadcastChannel(this.name),
    });
    this.#open.push(outbox);
    return Object.assign(outbox, { die });
  }

  close() {
    for (const outbox of this.#open) outbox.close();
  }
}

export async function makeCall(outbox: Outbox, callId: string, ...chunks: string[]) {
  outbox.begin(draft(callId));
  for (const text of chunks) outbox.appendChunk(callId, chunk(text));
  outbox.ended(report(callId));
  await outbox.complete(callId);
}

/** Nothing more is under way. */
export const sent = (outbox: Outbox) =>
  vi.waitFor(() => expect(outbox.getSnapshot()).toMatchObject({ waiting: 0, uploading: false }));
/** What is left waits for another try. */
export const waits = (outbox: Outbox, waiting = 1) =>
  vi.waitFor(() =>
    expect(outbox.getSnapshot()).toMatchObject({
      waiting,
      uploading: false,
      lastError: expect.any(String),
    }),
  );
/** Lets everything happen that needs no time to pass. */
export async function settle(): Promise<void> {
  // By turns of the event loop, which a busy machine takes longer for.
  for (let turn = 0; turn < 60; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
}
