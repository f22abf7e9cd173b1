import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { IdbOutboxStorage, type OutboxStorage } from './outbox-storage';
import { Browser, chunk, draft, makeCall, report, sent, settle, waits } from './test-browser';

let browser = new Browser();
afterEach(() => {
  browser.close();
  browser = new Browser();
});

describe('a disk that is full', () => {
  const full = async () => {
    throw Object.assign(new Error('full'), { name: 'QuotaExceededError' });
  };
  const refusing: OutboxStorage = {
    put: full,
    putChunk: full,
    get: async () => undefined,
    list: async () => [],
    chunk: async () => undefined,
    chunkNumbers: async () => [],
    remove: async () => {},
    close: () => {},
  };

  it('is told of, and the call goes on in memory', async () => {
    const outbox = browser.tab('ada', refusing);
    browser.server.answers.fileReport = [new TypeError('Failed to fetch')];
    outbox.start();
    await makeCall(outbox, 'a', 'in ', 'memory');
    await waits(outbox);
    expect(outbox.getSnapshot().storageWarning).toMatch(/out of storage/);
    browser.network.dispatchEvent(new Event('online'));
    await vi.waitFor(() => expect(browser.server.recordings.get('a')).toBe('in memory'));
  });

  it('keeps nothing of a second tab from being sent, while the first one lives', async () => {
    const first = browser.tab();
    first.start();
    await settle();
    const second = browser.tab('ada', refusing);
    second.start();
    await makeCall(second, 'a', 'of the ', 'second');
    await vi.waitFor(() => expect(browser.server.recordings.get('a')).toBe('of the second'));
    expect(second.getSnapshot().waiting).toBe(0);
  });

  it.each([
    ['takes nothing more', true],
    ['takes no more sound', false],
  ])('that %s leaves a call that began on it to the tab that has the rest', async (_what, isEntryRefused) => {
    const disk = new IdbOutboxStorage(browser.name);
    let isFull = false;
    const filling: OutboxStorage = {
      put: (entry) => (isFull && isEntryRefused ? full() : disk.put(entry)),
      putChunk: (...args) => (isFull ? full() : disk.putChunk(...args)),
      get: (callId) => disk.get(callId),
      list: (userId) => disk.list(userId),
      chunk: (...args) => disk.chunk(...args),
      chunkNumbers: (callId) => disk.chunkNumbers(callId),
      remove: (callId) => disk.remove(callId),
      close: () => disk.close(),
    };
    const first = browser.tab();
    first.start();
    const second = browser.tab('ada', filling);
    second.start();
    second.begin(draft('a'));
    browser.clock.advance(250);
    second.appendChunk('a', chunk('on disk, '));
    await settle();
    isFull = true;
    second.appendChunk('a', chunk('in memory'));
    second.ended(report('a'));
    await second.complete('a');
    await sent(second);
    expect(browser.server.ids).toEqual(['a']);
    expect(browser.server.recordings.get('a')).toBe('on disk, in memory');
    expect(await disk.list('ada')).toEqual([]);
  });
});
