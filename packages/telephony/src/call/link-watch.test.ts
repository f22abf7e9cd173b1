import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../fake-clock';
import { LinkWatch } from './link-watch';

function link() {
  const clock = new FakeClock();
  const ask = vi.fn(() => watch.sent('OPTIONS sip:outdial.local SIP/2.0'));
  const onDead = vi.fn();
  const watch: LinkWatch = new LinkWatch({ clock, ask, onDead });
  watch.opened();
  return { clock, ask, onDead, watch };
}

describe('the link to the phone server', () => {
  it('is dead 4 s after a request that nobody answers, whatever else arrives', () => {
    const { clock, onDead, watch } = link();
    watch.sent('INVITE sip:+12025550101@outdial.local SIP/2.0');
    clock.advance(2_000);
    watch.heard('OPTIONS sip:ada@outdial.local SIP/2.0');
    watch.heard('\r\n');
    clock.advance(1_999);
    expect(onDead).not.toHaveBeenCalled();
    clock.advance(1);
    expect(onDead).toHaveBeenCalledOnce();
  });

  it('is well when any answer comes, 100 to begin with', () => {
    const { clock, onDead, watch } = link();
    watch.sent('INVITE sip:+12025550101@outdial.local SIP/2.0');
    watch.heard('SIP/2.0 100 trying');
    clock.advance(9_000);
    expect(onDead).not.toHaveBeenCalled();
  });

  it('is asked when it has been idle for 10 s, and known to be dead within 15', () => {
    const { clock, ask, onDead } = link();
    clock.advance(9_999);
    expect(ask).not.toHaveBeenCalled();
    clock.advance(5_000);
    expect(ask).toHaveBeenCalledOnce();
    expect(onDead).toHaveBeenCalledOnce();
  });

  it('owes nothing for an ACK or an answer of ours', () => {
    const { clock, onDead, watch } = link();
    watch.sent('ACK sip:+12025550101@outdial.local SIP/2.0');
    watch.sent('SIP/2.0 200 OK');
    clock.advance(5_000);
    expect(onDead).not.toHaveBeenCalled();
  });

  it('is given another chance by a page that was asleep', () => {
    const { clock, ask, onDead, watch } = link();
    watch.sent('REGISTER sip:outdial.local SIP/2.0');
    clock.sleep(60_000);
    clock.advance(0);
    expect(ask).toHaveBeenCalledOnce();
    expect(onDead).not.toHaveBeenCalled();
    clock.advance(4_000);
    expect(onDead).toHaveBeenCalledOnce();
  });

  it('that is closed is not asked', () => {
    const { clock, ask, watch } = link();
    watch.closed();
    clock.advance(60_000);
    watch.look();
    expect(ask).not.toHaveBeenCalled();
  });
});
