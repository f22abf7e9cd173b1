import type { Lead } from '@outdial/contracts';
import { expect, it } from 'vitest';
import { possibleCommands, presentLead, recentResults, timeLeft } from './dialer-view';

const lead = (id: string, more: Partial<Lead> = {}): Lead => ({
  id,
  line: 2,
  phone: '+12025550101',
  extension: null,
  alternatePhones: [],
  name: null,
  data: {},
  status: 'new',
  attempts: 0,
  lastStatus: null,
  lastCallId: null,
  lastCallAt: null,
  ...more,
});

it('shows who is called now, or who is next', () => {
  expect(presentLead({ name: 'idle' }, [lead('a')])).toMatchObject({ is: 'next', lead: { id: 'a' } });
  const talking = { name: 'talking', lead: lead('b'), callId: 'c' } as const;
  expect(presentLead(talking, [lead('a')])).toMatchObject({ is: 'current', lead: { id: 'b' } });
  expect(presentLead({ name: 'finished' }, [])).toBeNull();
});

it('offers resume while a pause waits for the end of the call', () => {
  const talking = { name: 'talking', lead: lead('b'), callId: 'c' } as const;
  const plain = possibleCommands({ phase: talking, afterCall: null, last: null });
  expect(plain).toMatchObject({ pause: true, resume: false, stop: true, skip: false });
  const pausing = { pause: 'agent', message: null } as const;
  expect(possibleCommands({ phase: talking, afterCall: pausing, last: null })).toMatchObject({
    pause: false,
    resume: true,
  });
});

it('estimates the time left from the pace', () => {
  const counts = { total: 14, remaining: 4, done: 10, skipped: 0, byStatus: {} };
  expect(timeLeft({ counts, averageHandleMs: 30_000 })).toBe(120_000);
  expect(timeLeft({ counts, averageHandleMs: null })).toBeNull();
  expect(timeLeft({ counts: { ...counts, done: 9 }, averageHandleMs: 30_000 })).toBeNull();
});

it("puts this page's results before the server's, each once", () => {
  const end = { status: 'busy', reached: 'ringing', fault: 'none', cause: null, talkMs: 0 } as const;
  const own = [{ lead: lead('a'), callId: 'c2', ...end, at: 1000 }];
  const recent = [
    lead('a', { lastCallId: 'c2', lastStatus: 'busy', lastCallAt: '1970-01-01T00:00:01.000Z' }),
    lead('b', { lastCallId: 'c1', lastStatus: 'answered', lastCallAt: '1970-01-01T00:00:00.000Z' }),
    lead('c', { lastCallId: 'c3', lastStatus: 'in-progress', lastCallAt: '1970-01-01T00:00:00.000Z' }),
  ];
  expect(recentResults(own, recent).map(({ callId }) => callId)).toEqual(['c2', 'c1']);
  const failed = { ...end, status: 'failed', fault: 'switch' } as const;
  expect(recentResults([{ lead: lead('a'), callId: 'c2', ...failed, at: 1000 }], [])).toMatchObject([
    { waitsAgain: true },
  ]);
});
