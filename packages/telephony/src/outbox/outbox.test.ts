import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { httpError } from './fake-filing-server';
import { IdbOutboxStorage } from './outbox-storage';
import { Browser, chunk, draft, makeCall, report, sent, settle, waits } from './test-browser';

let browser = new Browser();
afterEach(() => {
  browser.close();
  browser = new Browser();
});

describe('the outbox', () => {
  it('files calls with the time of sending, and their recordings in order', async () => {
    const { server } = browser;
    const outbox = browser.tab();
    outbox.start();
    await makeCall(outbox, 'a', 'one ', 'two ', 'three');
    await makeCall(outbox, 'b');
    await sent(outbox);
    expect(server.reports).toMatchObject([
      { callId: 'a', status: 'answered', sentAt: '2030-01-01T00:00:00.000Z' },
      { callId: 'b' },
    ]);
    expect([...server.recordings]).toEqual([['a', 'one two three']]);
    expect(await new IdbOutboxStorage(browser.name).list('ada')).toEqual([]);
  });

  it('files a report at once, whatever recordings are on their way', async () => {
    const { server } = browser;
    server.answers.sendChunk = ['never'];
    const outbox = browser.tab();
    outbox.start();
    await makeCall(outbox, 'long', 'an hour');
    await vi.waitFor(() => expect(server.requests).toContain('sendChunk long/0'));
    await makeCall(outbox, 'next');
    await vi.waitFor(() => expect(server.ids).toEqual(['long', 'next']));
    expect(server.recordings.size).toBe(0);
  });

  it('files a call whose recording the server has no space for, and keeps that until it has', async () => {
    const { server, clock } = browser;
    server.answers.sendChunk = [httpError(507, 'The server has no space left for files.')];
    const outbox = browser.tab();
    outbox.start();
    await makeCall(outbox, 'a', 'x');
    const lastError = 'The server has no space left for files.';
    await vi.waitFor(() => expect(outbox.getSnapshot()).toMatchObject({ waiting: 1, failed: [], lastError }));
    await makeCall(outbox, 'b');
    await vi.waitFor(() => expect(server.ids).toEqual(['a', 'b']));
    clock.advance(5_000);
    await sent(outbox);
    expect(server.recordings.get('a')).toBe('x');
  });

  it('backs off from a server that is away, once for all that waits', async () => {
    const { server, clock } = browser;
    const away = new TypeError('Failed to fetch');
    server.answers.fileReport = [away, httpError(503, 'Busy')];
    const outbox = browser.tab();
    for (const id of ['a', 'b', 'c']) await makeCall(outbox, id);
    outbox.start();
    await vi.waitFor(() => expect(outbox.getSnapshot().lastError).toBe('The server could not be reached.'));
    await settle();
    expect(server.requests).toHaveLength(1);
    clock.advance(1_500);
    await vi.waitFor(() => expect(outbox.getSnapshot().lastError).toBe('Busy'));
    clock.advance(2_900);
    await settle();
    expect(server.requests).toHaveLength(2);
    clock.advance(100);
    await sent(outbox);
    expect(server.ids).toEqual(['a', 'b', 'c']);
    expect(outbox.getSnapshot().lastError).toBeNull();
  });

  it.each(['fileReport', 'sendChunk', 'completeRecording'] as const)(
    'gives up a %s that is never answered, and tries again',
    async (request) => {
      const { server, clock } = browser;
      server.answers[request] = ['never'];
      const outbox = browser.tab();
      outbox.start();
      await makeCall(outbox, 'a', 'x');
      await vi.waitFor(() => expect(server.requests.at(-1)).toMatch(request));
      await settle();
      clock.advance(61_000);
      await waits(outbox);
      clock.advance(2_000);
      await sent(outbox);
      expect(server.recordings.get('a')).toBe('x');
    },
  );

  it('does not wait for the back-off when the network comes back', async () => {
    browser.server.answers.fileReport = [new TypeError('Failed to fetch')];
    const outbox = browser.tab();
    outbox.start();
    await makeCall(outbox, 'a');
    await waits(outbox);
    browser.network.dispatchEvent(new Event('online'));
    await vi.waitFor(() => expect(browser.server.ids).toEqual(['a']));
  });

  it('shows what the server refuses for good, and sends it again or drops it as the agent says', async () => {
    const { server } = browser;
    server.answers.fileReport = [httpError(400, 'No such thing.')];
    const outbox = browser.tab();
    outbox.start();
    await makeCall(outbox, 'a', 'x');
    server.answers.sendChunk = [httpError(413, 'The recording is too large.')];
    await makeCall(outbox, 'b', 'y');
    await vi.waitFor(() =>
      expect(outbox.getSnapshot()).toMatchObject({
        waiting: 0,
        failed: [
          { callId: 'a', reason: 'No such thing.' },
          { callId: 'b', reason: 'The recording is too large.' },
        ],
      }),
    );
    expect(server.ids).toEqual(['b']);
    await outbox.discard('a');
    expect(outbox.getSnapshot().failed).toMatchObject([{ callId: 'b' }]);
    await outbox.retryFailed();
    await sent(outbox);
    expect([...server.recordings]).toEqual([['b', 'y']]);
    expect(server.ids).toEqual(['b']);
  });

  it('asks what the server has after a reload, and sends the rest', async () => {
    const { server } = browser;
    server.answers.sendChunk = [];
    const before = browser.tab();
    before.start();
    server.onChunk = ({ n }) => {
      if (n === 1) server.answers.sendChunk.push('never');
    };
    await makeCall(before, 'a', 'one ', 'two ', 'three');
    await vi.waitFor(() => expect(server.requests).toContain('sendChunk a/2'));
    before.close();
    server.onChunk = () => {};
    server.requests.length = 0;
    const after = browser.tab();
    after.start();
    await vi.waitFor(() => expect(server.recordings.get('a')).toBe('one two three'));
    expect(server.requests).toEqual(['completeRecording a', 'sendChunk a/2', 'completeRecording a']);
    await sent(after);
  });

  it('sends again what the server has lost', async () => {
    const { server } = browser;
    server.onChunk = ({ callId, n }) => {
      if (n === 2) queueMicrotask(() => queueMicrotask(() => server.forgetChunks(callId)));
    };
    const outbox = browser.tab();
    outbox.start();
    await makeCall(outbox, 'a', 'one ', 'two ', 'three');
    await vi.waitFor(() =>
      expect(server.requests.filter((each) => each.startsWith('complete'))).not.toEqual([]),
    );
    server.onChunk = () => {};
    await sent(outbox);
    expect(server.recordings.get('a')).toBe('one two three');
  });

  it('cuts what a page that stood still got at once into pieces that the server takes', async () => {
    const { server } = browser;
    const sizes: number[] = [];
    server.onChunk = ({ bytes }) => void sizes.push(bytes.byteLength);
    const outbox = browser.tab();
    outbox.start();
    await makeCall(outbox, 'a', 'x'.repeat(600_000));
    await sent(outbox);
    expect(sizes).toEqual([262_144, 262_144, 75_712]);
  });

  it("finishes a crashed tab's call with what was recorded, and leaves a live one alone", async () => {
    const { server, clock } = browser;
    const crashing = browser.tab();
    const working = browser.tab();
    const sender = browser.tab();
    crashing.begin(draft('crashed'));
    working.begin(draft('live'));
    crashing.update('crashed', { answeredAt: '2030-01-01T00:00:02.000Z' });
    clock.sleep(8_000);
    crashing.appendChunk('crashed', chunk('so far'));
    clock.advance(0);
    await vi.waitFor(async () => {
      const entry = await new IdbOutboxStorage(browser.name).get('crashed');
      expect(entry?.lastSeenAt).toBe(Date.UTC(2030, 0, 1, 0, 0, 8));
    });
    sender.start();
    crashing.die();
    await vi.waitFor(() => expect(server.ids).toEqual(['crashed']));
    expect(server.reports[0]).toMatchObject({
      status: 'answered',
      interrupted: true,
      endedAt: '2030-01-01T00:00:08.000Z',
      talkMs: 6_000,
      durationMs: 8_000,
    });
    working.ended(report('live'));
    await working.complete('live');
    await vi.waitFor(() => expect(server.ids).toEqual(['crashed', 'live']));
    expect(server.reports[1]?.interrupted).toBeUndefined();
    await vi.waitFor(() => expect(server.recordings.get('crashed')).toBe('so far'));
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

  it('asks the browser to keep its disk before the first call', async () => {
    const outbox = browser.tab();
    expect(browser.persist).not.toHaveBeenCalled();
    await makeCall(outbox, 'a');
    expect(browser.persist).toHaveBeenCalled();
  });
});
