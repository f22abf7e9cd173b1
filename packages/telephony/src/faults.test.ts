import { describe, expect, it, vi } from 'vitest';
import { desk, numbers } from './test-desk';

/** Starts a sheet; resolves when its first INVITE has left. */
async function dialing() {
  const rig = desk();
  rig.workstation.dialer.start('s1');
  await rig.invited(1);
  return rig;
}

/** Lets time pass until what is expected is so. */
const passing = (clock: { advance: (ms: number) => void }, expected: () => void) =>
  vi.waitFor(
    () => {
      clock.advance(500);
      expected();
    },
    { timeout: 5_000, interval: 10 },
  );

const recover = ({ clock, phone }: ReturnType<typeof desk>, calls: number) =>
  passing(clock, () => expect(phone.invites).toHaveLength(calls));

describe('a fault of ours', () => {
  it.each([
    ['connection-lost', 'switch', 'switch'],
    ['not-answering', 'switch', 'switch'],
    ['phone-error', 'local', 'phone'],
  ] as const)(
    '%s pauses, gives the lead back, and dials it again when it is over',
    async (failure, fault, reason) => {
      const rig = await dialing();
      rig.phone.setRegistration({ state: 'unregistered', reason: 'Gone.' });
      rig.phone.fail(failure);
      expect(rig.phase()).toMatchObject({ name: 'paused', goesOn: true });
      await vi.waitFor(() => expect(rig.filed[0]?.report).toMatchObject({ reached: 'sent', fault }));
      rig.clock.advance(30_000);
      expect(rig.phone.invites).toHaveLength(1);
      expect(['registration-lost', reason]).toContain((rig.phase() as { reason: string }).reason);
      rig.phone.setRegistration({ state: 'registered' });
      await recover(rig, 2);
      expect(rig.phone.invites[1]?.destination).toBe(numbers[0]);
    },
  );

  it('waits for the agent after three in a row', async () => {
    const rig = await dialing();
    for (let call = 1; call <= 2; call++) {
      rig.phone.fail('not-answering');
      await recover(rig, call + 1);
    }
    rig.phone.fail('not-answering');
    expect(rig.phase()).toMatchObject({ name: 'paused', reason: 'switch', goesOn: false });
    rig.clock.advance(60_000);
    expect(rig.phone.invites).toHaveLength(3);
    rig.workstation.dialer.resume();
    await rig.invited(4);
  });

  it('repeats a claim whose answer was lost, with the same id, and dials once', async () => {
    const rig = desk();
    rig.queue.loseNextAnswer = true;
    rig.workstation.dialer.start('s1');
    await recover(rig, 1);
    expect(rig.queue.claims).toHaveLength(1);
    expect(rig.phone.invites).toEqual([{ callId: rig.queue.claims[0]?.callId, destination: numbers[0] }]);
  });

  it('gives up a server that does not answer, files the call, and gets its lead back', async () => {
    const rig = desk();
    rig.queue.gate = new Promise(() => {});
    rig.workstation.dialer.start('s1');
    await passing(rig.clock, () => expect(rig.phase()).toMatchObject({ name: 'paused', reason: 'server' }));
    expect(rig.phone.invites).toEqual([]);
    await vi.waitFor(() =>
      expect(rig.filed[0]?.report).toMatchObject({ status: 'failed', reached: 'not-sent', fault: 'server' }),
    );
    rig.queue.gate = Promise.resolve();
    await recover(rig, 1);
    expect(rig.phone.invites[0]?.destination).toBe(numbers[0]);
  });

  it('that has passed is not waited out: a pause the agent asked for stays one', async () => {
    const rig = await dialing();
    rig.workstation.dialer.pause();
    rig.phone.fail('connection-lost');
    expect(rig.phase()).toMatchObject({ name: 'paused', reason: 'agent', goesOn: false });
    rig.clock.advance(60_000);
    expect(rig.phone.invites).toHaveLength(1);
  });

  it('in a conversation lets the call go on, and dialing after it once the phone is back', async () => {
    const rig = await dialing();
    rig.phone.answer();
    rig.phone.setRegistration({ state: 'unregistered', reason: 'Gone.' });
    expect(rig.phase().name).toBe('talking');
    rig.phone.remoteBye();
    expect(rig.phase()).toMatchObject({ name: 'paused', reason: 'registration-lost', message: 'Gone.' });
    rig.phone.setRegistration({ state: 'registered' });
    await recover(rig, 2);
    expect(rig.phone.invites[1]?.destination).toBe(numbers[1]);
  });
});

describe("the carrier's fault", () => {
  it('pauses the third time in a row, with the leads given back', async () => {
    const rig = await dialing();
    for (let call = 1; call <= 3; call++) {
      await rig.invited(call);
      rig.phone.refuse({ code: 503 });
    }
    expect(rig.phase()).toMatchObject({ name: 'paused', reason: 'carrier', goesOn: false });
    await vi.waitFor(() =>
      expect(rig.filed.map(({ report }) => report.fault)).toEqual(Array(3).fill('carrier')),
    );
    rig.workstation.dialer.resume();
    await rig.invited(4);
  });

  it('is forgotten when a call comes through', async () => {
    const rig = await dialing();
    rig.phone.refuse({ code: 503 });
    await rig.invited(2);
    rig.phone.refuse({ code: 486 });
    await rig.invited(3);
    rig.phone.refuse({ code: 503 });
    await vi.waitFor(() => expect(rig.phase().name).not.toBe('paused'));
  });
});
