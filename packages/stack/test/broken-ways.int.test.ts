import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SipMessage } from './sip-client';
import { dial, inviteTo, SwitchRig } from './switch-rig';

/** What the switch says and does when something behind or before it is broken: whose fault it is, and no call left over. */
let rig: SwitchRig;

beforeAll(async () => {
  rig = await SwitchRig.start();
}, 30_000);

afterEach(() => rig.hangUpAll());
afterAll(() => rig.close());

const verdict = ({ status, headers }: SipMessage) => ({ status, fault: headers.get('x-outdial-fault')?.[0] });

/** Stops a part for good: whatever is started in its place is stopped, too. @returns how to let it go on */
function freeze(pid: () => number | undefined): () => void {
  const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
    const present = pid();
    try {
      if (present) process.kill(present, name);
    } catch {
      // It is just being started again.
    }
  };
  signal('SIGSTOP');
  const timer = setInterval(() => signal('SIGSTOP'), 50);
  return () => {
    clearInterval(timer);
    signal('SIGCONT');
  };
}

describe('whose fault it is', () => {
  it("says that it is the carrier's when that does not answer at all", async () => {
    const client = await rig.signIn();
    const thaw = freeze(() => rig.stack.carrier.pid);
    const { final } = await dial(client, '+12025550108').finally(thaw);
    expect(verdict(final)).toEqual({ status: 504, fault: 'carrier' });
  });

  it("does not say so of a customer's answer", async () => {
    const client = await rig.signIn();
    expect(verdict((await dial(client, '+12025550101')).final)).toEqual({ status: 486, fault: undefined });
  });
});

describe('a phone that comes back on another connection while the switch believes in the first', () => {
  const ringing = async (instance: string) => {
    const client = await rig.signIn({ instance });
    const { callId } = client.send(inviteTo('+12025550102'));
    await client.take(({ status }) => status === 180);
    client.goSilent();
    return callId;
  };

  it('has what rings there cancelled', async () => {
    const instance = randomUUID();
    const callId = await ringing(instance);
    expect(await rig.holdsMedia(callId)).toBe(true);
    await rig.signIn({ instance });
    await rig.expectMediaGone(callId);
  });

  it('is told from another phone of the same agent', async () => {
    const callId = await ringing(randomUUID());
    await rig.signIn({ instance: randomUUID() });
    expect(await rig.stack.kamailio.kamcmd('htable.dump', 'lost')).not.toContain(callId);
    expect(await rig.holdsMedia(callId)).toBe(true);
  });
});

// Last: the switch uses a relay that was away again after 2 s.
describe('without a media relay', () => {
  it("says that it is the switch's when there is no media relay, and calls nobody", async () => {
    const client = await rig.signIn();
    const thaw = freeze(() => rig.stack.rtpengine.pid);
    const { final } = await dial(client, '+12025550108').finally(thaw);
    expect(verdict(final)).toEqual({ status: 503, fault: 'switch' });
  });
});
