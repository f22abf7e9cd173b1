import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { httpError } from './fake-filing-server';
import { Browser, chunk, draft, makeCall, report, sent, settle, waits } from './test-browser';

let browser = new Browser();
afterEach(() => {
  browser.close();
  browser = new Browser();
});

describe('while somebody talks', () => {
  /** A call in progress that has recorded so many chunks. */
  async function talking(chunks: number) {
    const outbox = browser.tab();
    outbox.start();
    outbox.begin(draft('a'));
    browser.clock.advance(250);
    for (let n = 0; n < chunks; n++) outbox.appendChunk('a', chunk(`${n} `));
    await settle();
    return outbox;
  }
  /** So many have been sent, and no more than that. */
  async function sentChunks(count: number): Promise<void> {
    const sends = () => browser.server.requests.filter((request) => request.startsWith('sendChunk'));
    await vi.waitFor(() => expect(sends().length).toBeGreaterThanOrEqual(count));
    await settle();
    expect(sends()).toHaveLength(count);
  }

  it('the recording goes chunk by chunk, no faster than a third more than it is recorded', async () => {
    await talking(5);
    await sentChunks(1);
    browser.clock.advance(749);
    await sentChunks(1);
    browser.clock.advance(1);
    await sentChunks(2);
  });

  it('a line that is slow is left alone for a while, and has all of it afterwards', async () => {
    const { clock, server } = browser;
    server.onChunk = () => clock.advance(501);
    const outbox = await talking(5);
    await sentChunks(1);
    clock.advance(9_999);
    await sentChunks(1);
    clock.advance(1);
    await sentChunks(2);
    outbox.ended(report('a'));
    await outbox.complete('a');
    await sent(outbox);
    expect(server.recordings.get('a')).toBe('0 1 2 3 4 ');
  });

  it('a call that the server does not know yet is sent after its report', async () => {
    const { clock, server } = browser;
    server.answers.sendChunk = [httpError(404)];
    const outbox = await talking(2);
    clock.advance(20_000);
    await sentChunks(1);
    outbox.ended(report('a'));
    await outbox.complete('a');
    await sent(outbox);
    expect(outbox.getSnapshot().failed).toEqual([]);
    expect(server.recordings.get('a')).toBe('0 1 ');
  });

  it('older recordings wait their turn', async () => {
    const { clock, server } = browser;
    server.answers.sendChunk = [new TypeError('Failed to fetch')];
    const outbox = browser.tab();
    outbox.start();
    await makeCall(outbox, 'old', 'a', 'b', 'c', 'd');
    await waits(outbox);
    outbox.begin(draft('new'));
    clock.advance(250);
    await settle();
    clock.advance(2_000);
    await sentChunks(2);
    clock.advance(750);
    await sentChunks(3);
  });
});
