import 'fake-indexeddb/auto';
import type { CallReport } from '@outdial/contracts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../fake-clock';
import { type Locks, PageLocks } from './locks';
import { Outbox } from './outbox';
import { type CallDraft, IdbOutboxStorage, type OutboxStorage, type UnsentReport } from './outbox-storage';

const draft = (callId: string): CallDraft => ({
  callId,
  direction: 'outbound',
  destination: '+12025550101',
  startedAt: '2030-01-01T00:00:00.000Z',
});

const report = (callId: string): UnsentReport => ({
  ...draft(callId),
  status: 'answered',
  fault: 'none',
  endedAt: '2030-01-01T00:00:09.000Z',
  durationMs: 9_000,
});

const chunk = (text: string) => new Blob([text]);
const httpError = (status: number, message: string) => Object.assign(new Error(message), { status });

/** A server that answers as told, and otherwise takes everything. */
class Server {
  readonly filed: { report: CallReport; recording: string | null }[] = [];
  answers: (Error | 'never' | null)[] = [];

  readonly send = async (sent: CallReport, recording: Blob | null, signal: AbortSignal) => {
    const answer = this.answers.shift();
    if (answer === 'never')
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
    if (answer instanceof Error) throw answer;
    this.filed.push({ report: sent, recording: recording && (await recording.text()) });
  };

  get ids() {
    return this.filed.map((each) => each.report.callId);
  }
}

/** Tabs of one browser: one disk, one set of locks, and a crash that frees what a tab held. */
class Browser {
  readonly name = `outbox-${Math.random()}`;
  readonly clock = new FakeClock();
  readonly server = new Server();
  readonly network = new EventTarget();
  readonly #locks = new PageLocks();
  readonly #open: Outbox[] = [];

  tab(userId = 'ada', storage: OutboxStorage = new IdbOutboxStorage(this.name)) {
    const { clock, network, server } = this;
    let die = () => {};
    const death = new Promise<void>((resolve) => {
      die = resolve;
    });
    const locks: Locks = {
      request: (name, signal, task) => this.#locks.request(name, signal, () => Promise.race([task(), death])),
    };
    const outbox = new Outbox({
      userId,
      send: server.send,
      storage,
      locks,
      clock,
      network,
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

let browser = new Browser();
afterEach(() => {
  browser.close();
  browser = new Browser();
});

async function makeCall(outbox: Outbox, callId: string, ...chunks: string[]) {
  outbox.begin(draft(callId));
  outbox.update(callId, { mimeType: 'audio/webm' });
  for (const text of chunks) outbox.appendChunk(callId, chunk(text));
  outbox.ended(report(callId));
  await outbox.complete(callId);
}

describe('the outbox', () => {
  it('files calls one by one, each with its recording in order and the time of sending', async () => {
    const outbox = browser.tab();
    outbox.start();
    await makeCall(outbox, 'a', 'one ', 'two ', 'three');
    await makeCall(outbox, 'b');
    await vi.waitFor(() => expect(browser.server.ids).toEqual(['a', 'b']));
    expect(browser.server.filed[0]).toMatchObject({
      report: { status: 'answered', sentAt: '2030-01-01T00:00:00.000Z' },
      recording: 'one two three',
    });
    expect(browser.server.filed[1]?.recording).toBeNull();
    await vi.waitFor(() => expect(outbox.getSnapshot()).toMatchObject({ waiting: 0, uploading: false }));
  });

  it('files a call at once whose recording the server has no space for, and keeps the recording until it has', async () => {
    browser.server.answers = [httpError(507, 'The server has no space left for files.')];
    const outbox = browser.tab();
    outbox.start();
    await makeCall(outbox, 'a', 'x');
    const lastError = 'The server has no space left for files.';
    await vi.waitFor(() =>
      expect(outbox.getSnapshot()).toMatchObject({ waiting: 1, uploading: false, failed: [], lastError }),
    );
    expect(browser.server.filed).toMatchObject([{ report: { callId: 'a' }, recording: null }]);
    browser.clock.advance(5_000);
    await vi.waitFor(() => expect(outbox.getSnapshot().waiting).toBe(0));
    expect(browser.server.filed[1]).toMatchObject({ report: { callId: 'a' }, recording: 'x' });
  });

  it('keeps what could not be sent and tries again with back-off', async () => {
    browser.server.answers = [new TypeError('Failed to fetch'), httpError(503, 'Busy')];
    const outbox = browser.tab();
    outbox.start();
    await makeCall(outbox, 'a', 'x');
    await vi.waitFor(() =>
      expect(outbox.getSnapshot()).toMatchObject({
        waiting: 1,
        uploading: false,
        lastError: 'The server could not be reached.',
      }),
    );
    browser.clock.advance(1_500);
    await vi.waitFor(() => expect(outbox.getSnapshot().lastError).toBe('Busy'));
    expect(browser.server.ids).toEqual([]);
    browser.clock.advance(3_000);
    await vi.waitFor(() => expect(browser.server.ids).toEqual(['a']));
    await vi.waitFor(() => expect(outbox.getSnapshot()).toMatchObject({ waiting: 0, lastError: null }));
  });

  it('gives up a sending that is never answered, and tries again', async () => {
    browser.server.answers = ['never'];
    const outbox = browser.tab();
    outbox.start();
    await makeCall(outbox, 'a', 'x');
    await vi.waitFor(() => expect(outbox.getSnapshot().uploading).toBe(true));
    browser.clock.advance(61_000);
    await vi.waitFor(() => expect(outbox.getSnapshot()).toMatchObject({ waiting: 1, uploading: false }));
    browser.clock.advance(2_000);
    await vi.waitFor(() => expect(browser.server.ids).toEqual(['a']));
  });

  it('does not wait for the back-off when the network comes back', async () => {
    browser.server.answers = [new TypeError('Failed to fetch')];
    const outbox = browser.tab();
    outbox.start();
    await makeCall(outbox, 'a');
    await vi.waitFor(() => expect(outbox.getSnapshot()).toMatchObject({ waiting: 1, uploading: false }));
    browser.network.dispatchEvent(new Event('online'));
    await vi.waitFor(() => expect(browser.server.ids).toEqual(['a']));
  });

  it('shows what the server refuses for good, still files the bare record, and holds up nothing', async () => {
    browser.server.answers = [httpError(422, 'The recording cannot be read.')];
    const outbox = browser.tab();
    outbox.start();
    await makeCall(outbox, 'a', 'broken');
    await makeCall(outbox, 'b');
    await vi.waitFor(() => expect(browser.server.ids).toEqual(['a', 'b']));
    expect(browser.server.filed[0]?.recording).toBeNull();
    await vi.waitFor(() =>
      expect(outbox.getSnapshot()).toMatchObject({
        waiting: 0,
        failed: [{ callId: 'a', reason: 'The recording cannot be read.' }],
      }),
    );
    await outbox.retryFailed();
    await vi.waitFor(() => expect(browser.server.filed.at(-1)?.recording).toBe('broken'));
    await vi.waitFor(() => expect(outbox.getSnapshot().failed).toEqual([]));
  });

  it('survives a reload', async () => {
    const before = browser.tab();
    await makeCall(before, 'a', 'kept');
    before.close();
    browser.tab().start();
    await vi.waitFor(() => expect(browser.server.filed[0]?.recording).toBe('kept'));
  });

  it("finishes a crashed tab's call with what was recorded, and leaves a live one alone", async () => {
    const crashing = browser.tab();
    const working = browser.tab();
    const sender = browser.tab();
    crashing.begin(draft('crashed'));
    working.begin(draft('live'));
    crashing.update('crashed', { answeredAt: '2030-01-01T00:00:02.000Z' });
    browser.clock.sleep(8_000);
    crashing.appendChunk('crashed', chunk('so far'));
    browser.clock.advance(0);
    await vi.waitFor(async () => {
      const entry = await new IdbOutboxStorage(browser.name).get('crashed');
      expect(entry?.lastSeenAt).toBe(Date.UTC(2030, 0, 1, 0, 0, 8));
    });
    sender.start();
    crashing.die();
    await vi.waitFor(() => expect(browser.server.ids).toEqual(['crashed']));
    expect(browser.server.filed[0]).toMatchObject({
      report: {
        status: 'answered',
        interrupted: true,
        endedAt: '2030-01-01T00:00:08.000Z',
        talkMs: 6_000,
        durationMs: 8_000,
      },
      recording: 'so far',
    });
    working.ended(report('live'));
    await working.complete('live');
    await vi.waitFor(() => expect(browser.server.ids).toEqual(['crashed', 'live']));
    expect(browser.server.filed[1]?.report.interrupted).toBeUndefined();
  });

  it('sends from one tab only, and from the next one when that is closed', async () => {
    const first = browser.tab();
    const second = browser.tab();
    first.start();
    await makeCall(first, 'a');
    second.start();
    await makeCall(second, 'b');
    await vi.waitFor(() => expect(browser.server.ids).toEqual(['a', 'b']));
    first.close();
    await makeCall(second, 'c');
    await vi.waitFor(() => expect(browser.server.ids).toEqual(['a', 'b', 'c']));
  });

  it('writes what it knows when the page is left', async () => {
    const left = browser.tab();
    left.start();
    left.begin(draft('left'));
    left.update('left', { answeredAt: '2030-01-01T00:00:02.000Z' });
    browser.network.dispatchEvent(new Event('pagehide'));
    await vi.waitFor(async () => {
      const entry = await new IdbOutboxStorage(browser.name).get('left');
      expect(entry?.draft.answeredAt).toBe('2030-01-01T00:00:02.000Z');
    });
  });

  it("does not file another user's calls", async () => {
    const grace = browser.tab('grace');
    await makeCall(grace, 'hers');
    grace.close();
    const ada = browser.tab('ada');
    ada.start();
    await makeCall(ada, 'mine');
    await vi.waitFor(() => expect(browser.server.ids).toEqual(['mine']));
  });

  it('forgets a call that was never made', async () => {
    const outbox = browser.tab();
    outbox.start();
    outbox.begin(draft('refused'));
    await outbox.discard('refused');
    await makeCall(outbox, 'a');
    await vi.waitFor(() => expect(browser.server.ids).toEqual(['a']));
  });

  it('goes on in memory when the disk is full, and says so', async () => {
    const full = async () => {
      throw Object.assign(new Error('full'), { name: 'QuotaExceededError' });
    };
    const storage: OutboxStorage = {
      put: full,
      putChunk: full,
      get: async () => undefined,
      list: async () => [],
      chunks: async () => new Map(),
      remove: async () => {},
      close: () => {},
    };
    const outbox = browser.tab('ada', storage);
    browser.server.answers = [new TypeError('Failed to fetch')];
    outbox.start();
    await makeCall(outbox, 'a', 'in ', 'memory');
    await vi.waitFor(() => expect(outbox.getSnapshot()).toMatchObject({ waiting: 1, uploading: false }));
    expect(outbox.getSnapshot().storageWarning).toMatch(/out of storage/);
    browser.network.dispatchEvent(new Event('online'));
    await vi.waitFor(() => expect(browser.server.filed[0]?.recording).toBe('in memory'));
  });
});
